/* WASIX's arguments: items of one text, each ended by a newline. */
char *marcotte_lines(char *const *list, size_t *length);
