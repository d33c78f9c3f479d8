mod cleansing;
