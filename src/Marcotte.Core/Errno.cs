namespace Marcotte.Core;

/// <summary>
/// The one vocabulary of failure inside Marcotte: every kernel operation answers one of these, and an ABI maps it
/// to its own numbers at the edge.
/// </summary>
/// <remarks>The values are Linux's (asm-generic/errno.h), so that a host driver passes on what its kernel says.</remarks>
public enum Errno : byte
{
    /// <summary>No error.</summary>
    Success = 0,

    /// <summary>EPERM: operation not permitted.</summary>
    Perm = 1,

    /// <summary>ENOENT: no such file or directory.</summary>
    NoEnt = 2,

    /// <summary>ESRCH: no such process.</summary>
    Srch = 3,

    /// <summary>EINTR: interrupted system call.</summary>
    Intr = 4,

    /// <summary>EIO: input/output error.</summary>
    IO = 5,

    /// <summary>ENXIO: no such device or address.</summary>
    NxIO = 6,

    /// <summary>E2BIG: argument list too long.</summary>
    TooBig = 7,

    /// <summary>ENOEXEC: exec format error.</summary>
    NoExec = 8,

    /// <summary>EBADF: bad file descriptor.</summary>
    BadF = 9,

    /// <summary>ECHILD: no child processes.</summary>
    Child = 10,

    /// <summary>EAGAIN: resource temporarily unavailable.</summary>
    Again = 11,

    /// <summary>ENOMEM: cannot allocate memory.</summary>
    NoMem = 12,

    /// <summary>EACCES: permission denied.</summary>
    Access = 13,

    /// <summary>EFAULT: bad address.</summary>
    Fault = 14,

    /// <summary>EBUSY: device or resource busy.</summary>
    Busy = 16,

    /// <summary>EEXIST: file exists.</summary>
    Exist = 17,

    /// <summary>EXDEV: invalid cross-device link.</summary>
    XDev = 18,

    /// <summary>ENODEV: no such device.</summary>
    NoDev = 19,

    /// <summary>ENOTDIR: not a directory.</summary>
    NotDir = 20,

    /// <summary>EISDIR: is a directory.</summary>
    IsDir = 21,

    /// <summary>EINVAL: invalid argument.</summary>
    Inval = 22,

    /// <summary>ENFILE: too many open files in system.</summary>
    NFile = 23,

    /// <summary>EMFILE: too many open files.</summary>
    MFile = 24,

    /// <summary>ENOTTY: inappropriate ioctl for device.</summary>
    NoTty = 25,

    /// <summary>ETXTBSY: text file busy.</summary>
    TxtBsy = 26,

    /// <summary>EFBIG: file too large.</summary>
    FBig = 27,

    /// <summary>ENOSPC: no space left on device.</summary>
    NoSpc = 28,

    /// <summary>ESPIPE: illegal seek.</summary>
    SPipe = 29,

    /// <summary>EROFS: read-only file system.</summary>
    RoFs = 30,

    /// <summary>EMLINK: too many links.</summary>
    MLink = 31,

    /// <summary>EPIPE: broken pipe.</summary>
    Pipe = 32,

    /// <summary>EDOM: numerical argument out of domain.</summary>
    Dom = 33,

    /// <summary>ERANGE: numerical result out of range.</summary>
    Range = 34,

    /// <summary>EDEADLK: resource deadlock avoided.</summary>
    DeadLk = 35,

    /// <summary>ENAMETOOLONG: file name too long.</summary>
    NameTooLong = 36,

    /// <summary>ENOLCK: no locks available.</summary>
    NoLck = 37,

    /// <summary>ENOSYS: function not implemented.</summary>
    NoSys = 38,

    /// <summary>ENOTEMPTY: directory not empty.</summary>
    NotEmpty = 39,

    /// <summary>ELOOP: too many levels of symbolic links.</summary>
    Loop = 40,

    /// <summary>ENOMSG: no message of desired type.</summary>
    NoMsg = 42,

    /// <summary>EIDRM: identifier removed.</summary>
    IdRm = 43,

    /// <summary>ENOLINK: link has been severed.</summary>
    NoLink = 67,

    /// <summary>EPROTO: protocol error.</summary>
    Proto = 71,

    /// <summary>EMULTIHOP: multihop attempted.</summary>
    MultiHop = 72,

    /// <summary>EBADMSG: bad message.</summary>
    BadMsg = 74,

    /// <summary>EOVERFLOW: value too large for defined data type.</summary>
    Overflow = 75,

    /// <summary>EILSEQ: invalid or incomplete multibyte or wide character.</summary>
    IlSeq = 84,

    /// <summary>ENOTSOCK: socket operation on non-socket.</summary>
    NotSock = 88,

    /// <summary>EDESTADDRREQ: destination address required.</summary>
    DestAddrReq = 89,

    /// <summary>EMSGSIZE: message too long.</summary>
    MsgSize = 90,

    /// <summary>EPROTOTYPE: protocol wrong type for socket.</summary>
    Prototype = 91,

    /// <summary>ENOPROTOOPT: protocol not available.</summary>
    NoProtoOpt = 92,

    /// <summary>EPROTONOSUPPORT: protocol not supported.</summary>
    ProtoNoSupport = 93,

    /// <summary>EOPNOTSUPP: operation not supported.</summary>
    NotSup = 95,

    /// <summary>EAFNOSUPPORT: address family not supported by protocol.</summary>
    AfNoSupport = 97,

    /// <summary>EADDRINUSE: address already in use.</summary>
    AddrInUse = 98,

    /// <summary>EADDRNOTAVAIL: cannot assign requested address.</summary>
    AddrNotAvail = 99,

    /// <summary>ENETDOWN: network is down.</summary>
    NetDown = 100,

    /// <summary>ENETUNREACH: network is unreachable.</summary>
    NetUnreach = 101,

    /// <summary>ENETRESET: network dropped connection on reset.</summary>
    NetReset = 102,

    /// <summary>ECONNABORTED: software caused connection abort.</summary>
    ConnAborted = 103,

    /// <summary>ECONNRESET: connection reset by peer.</summary>
    ConnReset = 104,

    /// <summary>ENOBUFS: no buffer space available.</summary>
    NoBufs = 105,

    /// <summary>EISCONN: transport endpoint is already connected.</summary>
    IsConn = 106,

    /// <summary>ENOTCONN: transport endpoint is not connected.</summary>
    NotConn = 107,

    /// <summary>ETIMEDOUT: connection timed out.</summary>
    TimedOut = 110,

    /// <summary>ECONNREFUSED: connection refused.</summary>
    ConnRefused = 111,

    /// <summary>EHOSTUNREACH: no route to host.</summary>
    HostUnreach = 113,

    /// <summary>EALREADY: operation already in progress.</summary>
    Already = 114,

    /// <summary>EINPROGRESS: operation now in progress.</summary>
    InProgress = 115,

    /// <summary>ESTALE: stale file handle.</summary>
    Stale = 116,

    /// <summary>EDQUOT: disk quota exceeded.</summary>
    DQuot = 122,

    /// <summary>ECANCELED: operation canceled.</summary>
    Canceled = 125,

    /// <summary>EOWNERDEAD: owner died.</summary>
    OwnerDead = 130,

    /// <summary>ENOTRECOVERABLE: state not recoverable.</summary>
    NotRecoverable = 131,

    /// <summary>ENOTCAPABLE: the descriptor lacks the right (WASI; no Linux number, so one above Linux's).</summary>
    NotCapable = 134,
}
