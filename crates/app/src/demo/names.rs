//! What invented people are called.

use super::places::Culture;

/// Given and family names of a culture.
pub(super) fn names(culture: Culture) -> (Vec<&'static str>, Vec<&'static str>) {
    let (given, family) = match culture {
        Culture::English => ENGLISH,
        Culture::German => GERMAN,
        Culture::French => FRENCH,
        Culture::Spanish => SPANISH,
        Culture::Nordic => NORDIC,
        Culture::Dutch => DUTCH,
        Culture::Italian => ITALIAN,
        Culture::Indian => INDIAN,
        Culture::Portuguese => PORTUGUESE,
    };
    (given.split(", ").collect(), family.split(", ").collect())
}

const ENGLISH: (&str, &str) = (
    "Abigail, Adrian, Alice, Amara, Anthony, Beatrice, Bernard, Callum, Charlotte, Clara, Connor, Daphne, Dominic, \
    Edith, Elliot, Fiona, Frances, Gareth, Georgia, Harriet, Hector, Imogen, Isaac, Jasmine, Joel, Keira, Leonard, \
    Lydia, Malcolm, Marisa, Nadia, Nolan, Olive, Owen, Penelope, Quentin, Rhona, Russell, Sabrina, Simon, Tabitha, \
    Theodore, Ursula, Victor, Wanda, Wesley, Yolanda, Zachary",
    "Abernethy, Aldridge, Ashcombe, Barraclough, Bellweather, Birchall, Blackwood, Brindley, Cartmell, Castellan, \
    Chadderton, Cliffe, Colquhoun, Dalrymple, Delacroix, Dunsmore, Eastwick, Elphick, Fairweather, Fenwick, \
    Garrick, Goodacre, Hallworth, Harkness, Heathcote, Holloway, Inglewood, Jessop, Kettering, Kingsley, Langford, \
    Larkspur, Lockhart, Marchbanks, Merriweather, Montague, Netherby, Oakhurst, Okafor, Pemberton, Pickering, \
    Quigley, Radcliffe, Ravenscroft, Sandoval, Selwyn, Sinclair, Stanhope, Tamsin, Thackeray, Thornbury, Underhill, \
    Vandermeer, Wainwright, Whitlock, Winterbourne, Wolstenholme, Yardley",
);

const GERMAN: (&str, &str) = (
    "Anja, Birgit, Carsten, Dörte, Eckhard, Frauke, Gero, Heike, Ingo, Jutta, Karsten, Lutz, Maren, Nils, Petra, \
    Ralf, Silke, Torsten, Ulrike, Volker, Wiebke, Jonas",
    "Ahlborn, Brinkhoff, Dornbusch, Eschweiler, Feldkamp, Grünwald, Hagedorn, Imhoff, Jessen, Kaltwasser, Lindhorst, \
    Mühlbach, Niehaus, Osterholt, Pfeilsticker, Rautenberg, Schönfeldt, Tiedemann, Uhlmann, Vogelsang, Westerkamp, \
    Zumbrink",
);

const FRENCH: (&str, &str) = (
    "Amélie, Bastien, Clémence, Damien, Élodie, Fabrice, Gaëlle, Hugo, Inès, Julien, Léa, Mathilde, Noémie, Olivier, \
    Pauline, Rémi, Sandrine, Thibault, Valérie, Yann",
    "Aubertin, Beauchêne, Carrel, Delmotte, Estève, Fontanel, Guérinot, Hautecœur, Jacquemin, Lacombe, Maréchaux, \
    Nollet, Oudinot, Perrault, Quesnel, Rivoire, Sauvage, Thévenin, Vasseur",
);

const SPANISH: (&str, &str) = (
    "Alba, Bruno, Carmen, Diego, Elena, Félix, Gloria, Hugo, Irene, Javier, Lorena, Mateo, Nuria, Óscar, Paloma, \
    Raúl, Sofía, Tomás, Verónica",
    "Alarcón, Barrientos, Casanova, Del Olmo, Echeverría, Figueroa, Gallardo, Herrero, Iturbe, Lozano, Montalbán, \
    Navarrete, Ordóñez, Peñalver, Quintanilla, Robledo, Sepúlveda, Villalba",
);

const NORDIC: (&str, &str) = (
    "Agnes, Björn, Cecilia, David, Ebba, Fredrik, Greta, Håkan, Ida, Jesper, Karin, Lars, Maja, Niklas, Oskar, \
    Pernille, Rasmus, Signe, Tove, Viggo",
    "Ahlqvist, Bergstrand, Cederholm, Dahlskog, Ekberg, Falkenmark, Granlund, Hedlund, Isaksen, Juhlin, Kjærgaard, \
    Lindqvist, Malmborg, Nordahl, Östlund, Rosengren, Sjöström, Thorsell",
);

const DUTCH: (&str, &str) = (
    "Anouk, Bram, Carlijn, Daan, Esmee, Floris, Gijs, Hanneke, Jeroen, Lotte, Maarten, Noor, Pieter, Roos, Sander, \
    Tess, Wouter",
    "Aalbers, Brouwershaven, Coenen, Dijkhuizen, Elzinga, Groeneveld, Hoekstra, Kuipers, Meulenbelt, Nieuwland, \
    Oosterhuis, Rijnders, Steenbergen, Terlouw, Veldhuis, Zandstra",
);

const ITALIAN: (&str, &str) = (
    "Alessia, Bruno, Chiara, Davide, Elisa, Fabio, Giada, Ivano, Lucia, Marco, Nicoletta, Paolo, Renata, Silvio, \
    Tiziana",
    "Albertini, Bellandi, Carraro, De Santis, Fioravanti, Gallinari, Lombardini, Marchesan, Nardelli, Orsini, \
    Pellegrino, Ravasio, Santoro, Tavecchio, Zanetti",
);

const INDIAN: (&str, &str) = (
    "Aarav, Ananya, Devika, Farhan, Gauri, Harish, Ishaan, Kavya, Lakshmi, Manoj, Neha, Omkar, Pooja, Rohan, Sneha, \
    Tejas, Vidya",
    "Bhosale, Chitnis, Deshmukh, Gokhale, Iyengar, Joglekar, Kulkarni, Menon, Nambiar, Phadke, Rangarajan, \
    Sahasrabudhe, Tambe, Vaidya, Wagle",
);

const PORTUGUESE: (&str, &str) = (
    "Beatriz, Caio, Daniela, Eduardo, Fernanda, Gustavo, Helena, Igor, Larissa, Marcelo, Natália, Otávio, Rafaela, \
    Tiago, Vanessa",
    "Albuquerque, Bittencourt, Cavalcanti, Drummond, Evangelista, Fontoura, Guimarães, Junqueira, Magalhães, \
    Nogueira, Pimentel, Quadros, Resende, Sampaio, Teixeira, Vasconcelos",
);
