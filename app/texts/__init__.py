"""Every word that the program says to a reader: a folder a language, a file a subject, written in Fluent
(projectfluent.org). A new language is a new folder; what it lacks is said in English."""
