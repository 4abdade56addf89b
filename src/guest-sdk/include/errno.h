/* The errors that preview 1 has no number for get numbers above its own; a host never answers them. */
#ifndef MARCOTTE_ERRNO_H
#define MARCOTTE_ERRNO_H
#pragma push_macro("__wasilibc_unmodified_upstream")
#undef __wasilibc_unmodified_upstream
#include_next <errno.h>
#pragma pop_macro("__wasilibc_unmodified_upstream")
#ifndef ENODATA
#define ENODATA 200
#endif
#ifndef ETIME
#define ETIME 201
#endif
#ifndef ENOSR
#define ENOSR 202
#endif
#ifndef ENOTBLK
#define ENOTBLK 203
#endif
#ifndef EREMOTE
#define EREMOTE 204
#endif
#ifndef EUSERS
#define EUSERS 205
#endif
#ifndef ESHUTDOWN
#define ESHUTDOWN 206
#endif
#ifndef EPFNOSUPPORT
#define EPFNOSUPPORT 207
#endif
#ifndef ESOCKTNOSUPPORT
#define ESOCKTNOSUPPORT 208
#endif
#ifndef EHOSTDOWN
#define EHOSTDOWN 209
#endif
#ifndef ENOMEDIUM
#define ENOMEDIUM 210
#endif
#ifndef EMEDIUMTYPE
#define EMEDIUMTYPE 211
#endif
#ifndef ENONET
#define ENONET 212
#endif
#ifndef EREMOTEIO
#define EREMOTEIO 213
#endif
#ifndef EBADFD
#define EBADFD 214
#endif
#ifndef ECOMM
#define ECOMM 215
#endif
#ifndef ENOSTR
#define ENOSTR 216
#endif
#ifndef ESRMNT
#define ESRMNT 217
#endif
#ifndef ERESTART
#define ERESTART 218
#endif
#ifndef ENOKEY
#define ENOKEY 219
#endif
#ifndef ETOOMANYREFS
#define ETOOMANYREFS 220
#endif
#ifndef ELIBACC
#define ELIBACC 221
#endif
#ifndef ELIBBAD
#define ELIBBAD 222
#endif
#ifndef ENOPKG
#define ENOPKG 223
#endif
#ifdef _GNU_SOURCE
#ifdef __cplusplus
extern "C" {
#endif
extern char *program_invocation_short_name, *program_invocation_name;
#ifdef __cplusplus
}
#endif
#endif
#endif
