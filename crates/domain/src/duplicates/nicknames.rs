//! Short forms of first names: who is called Bob may sign as Robert.

/// Each name with its short forms, folded.
const FAMILIES: &[&[&str]] = &[
    &["abigail", "abby", "gail"],
    &["albert", "al", "bert"],
    &["alexander", "alex", "sasha", "xander"],
    &["alexandra", "sandra", "lexi"],
    &["andrew", "andy", "drew"],
    &["anthony", "tony"],
    &["barbara", "barb", "babs"],
    &["benjamin", "ben", "benny"],
    &["catherine", "katherine", "kathryn", "cathy", "kathy", "kate", "katie", "katharina"],
    &["charles", "charlie", "chuck"],
    &["christina", "christine", "tina"],
    &["christopher", "chris", "topher"],
    &["cynthia", "cindy"],
    &["daniel", "dan", "danny"],
    &["david", "dave", "davey"],
    &["deborah", "debra", "debbie", "deb"],
    &["donald", "don", "donny"],
    &["edward", "ed", "eddie", "ted", "teddy"],
    &["elizabeth", "liz", "lizzie", "beth", "betty", "eliza", "elisabeth", "lisbeth"],
    &["eugene", "gene"],
    &["frederick", "fred", "freddy", "friedrich", "fritz"],
    &["gabriel", "gabe"],
    &["gerald", "gerry", "jerry"],
    &["gregory", "greg"],
    &["henry", "harry", "hank", "heinrich"],
    &["isabella", "isabel", "bella"],
    &["jacob", "jake"],
    &["james", "jim", "jimmy", "jamie"],
    &["jennifer", "jen", "jenny"],
    &["jessica", "jess", "jessie"],
    &["johannes", "hannes", "hans"],
    &["john", "jack", "johnny"],
    &["jonathan", "jon", "jonny"],
    &["joseph", "joe", "joey", "josef", "sepp"],
    &["joshua", "josh"],
    &["judith", "judy"],
    &["kenneth", "ken", "kenny"],
    &["kimberly", "kim"],
    &["lawrence", "larry", "laurence"],
    &["leonard", "leo", "lenny"],
    &["margaret", "maggie", "meg", "peggy", "greta", "rita", "margarethe"],
    &["matthew", "matt", "matthias"],
    &["michael", "mike", "mick", "mickey", "michel"],
    &["nathaniel", "nathan", "nate"],
    &["nicholas", "nick", "nicolas", "nikolaus", "klaus"],
    &["pamela", "pam"],
    &["patricia", "pat", "patty", "tricia", "trish"],
    &["patrick", "paddy"],
    &["peter", "pete"],
    &["philip", "phil", "phillip"],
    &["rebecca", "becky", "becca"],
    &["richard", "rich", "rick", "ricky", "dick"],
    &["robert", "bob", "bobby", "rob", "robbie", "bert"],
    &["ronald", "ron", "ronny"],
    &["samantha", "samuel", "sam", "sammy"],
    &["stephanie", "steph", "stefanie"],
    &["steven", "stephen", "steve", "stefan"],
    &["susan", "sue", "susie", "suzanne", "susanne"],
    &["theodore", "theo"],
    &["theresa", "terry", "tess", "teresa"],
    &["thomas", "tom", "tommy"],
    &["timothy", "tim", "timmy"],
    &["victoria", "vicky", "tori"],
    &["vincent", "vince"],
    &["walter", "walt", "wally"],
    &["william", "will", "bill", "billy", "willy", "liam", "wilhelm"],
    &["zachary", "zach", "zack"],
];

/// The name that a short form stands for; any other name is its own.
pub(super) fn full_name(first: &str) -> &str {
    let family = FAMILIES.iter().find(|family| family.contains(&first));
    family.and_then(|family| family.first()).copied().unwrap_or(first)
}

/// Whether both are forms of one name.
pub(super) fn is_short_form(one: &str, other: &str) -> bool {
    FAMILIES.iter().any(|family| family.contains(&one) && family.contains(&other))
}
