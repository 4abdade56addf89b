/* Lists of strings, as exec and spawn send them, and the text that WASIX wants instead. */
#include "internal.h"
#include "lists.h"
#include <stdlib.h>

size_t marcotte_list_bytes(char *const *list)
{
    size_t bytes = 8;
    for (; list != NULL && *list != NULL; list++)
        bytes += strlen(*list) + 1;
    return bytes;
}

void marcotte_put_list(struct request *r, char *const *list)
{
    uint32_t count = 0;
    for (char *const *item = list; item != NULL && *item != NULL; item++)
        count++;
    put32(r, count);
    put32(r, (uint32_t)(marcotte_list_bytes(list) - 8));
    for (; list != NULL && *list != NULL; list++)
        marcotte_put(r, *list, strlen(*list) + 1);
}

char *marcotte_lines(char *const *list, size_t *length)
{
    char *text = malloc(marcotte_list_bytes(list)), *at = text;
    if (text == NULL)
        return NULL;
    for (; list != NULL && *list != NULL; list++) {
        size_t one = strlen(*list);
        memcpy(at, *list, one);
        at += one;
        *at++ = '\n';
    }
    *length = (size_t)(at - text);
    return text;
}
