"""One schema a thing: what the API, bulk lines, imports, forms and the command line are sent, and what they answer."""
