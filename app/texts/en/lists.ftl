# "a, b and c"
list-next = { $before }, { $item }
list-last = { $before } and { $item }
