# «а, б та в»
list-next = { $before }, { $item }
list-last = { $before } та { $item }
