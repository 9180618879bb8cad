"""Message catalogs: a folder for each language, a file for each subject, in Fluent (projectfluent.org). A new language
is a new folder; messages that it lacks are given in English."""
