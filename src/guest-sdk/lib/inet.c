/* Addresses as text. */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

char *inet_ntoa(struct in_addr address)
{
    static char text[16];
    unsigned char b[4];
    memcpy(b, &address, sizeof b);
    snprintf(text, sizeof text, "%d.%d.%d.%d", b[0], b[1], b[2], b[3]);
    return text;
}

in_addr_t inet_addr(const char *text)
{
    struct in_addr address;
    return inet_aton(text, &address) ? address.s_addr : (in_addr_t)-1;
}
