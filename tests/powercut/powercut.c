/*
 * A layer between a program and the C library, for tests only (LD_PRELOAD).
 *
 * It writes down, in the order in which they happened, every change of the files of one folder and every moment at which the program
 * made sure that one is on the disk. From that log a test builds the folder as it could be found after the power failed at any point.
 * It can also make the storage fail while the program runs.
 *
 *   POWERCUT_FOLDER  the folder; the files ending in -shm and .lock are left out, because they are made anew at every start
 *   POWERCUT_LOG     the file that takes the log; none when absent
 *   POWERCUT_FAULT   a file of four bytes: the errno with which changes fail now, 0 for none; none when absent
 *
 * An entry is: operation (1 byte), file (4), offset (8), length (4), bytes. Little endian. A file is a number, because a name may be
 * given to another file later; 0 is the folder.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum operation { CREATE = 1, WRITE = 2, TRUNCATE = 3, SYNC = 4, UNLINK = 5, RENAME = 6 };

enum { DESCRIPTORS = 65536, FILES = 4096, OUTSIDE = -1, FOLDER = 0 };

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static char folder[4096];
static size_t folder_length;
static int log_file = -1;
static const volatile int32_t *fault;
static unsigned shortened;
static int file_of[DESCRIPTORS];  /* 1 + the file's number; 0 for what is outside */
static ino_t inode_of[FILES];     /* 0 for a file that has lost its name */
static int files = 1;

static void start(void) {
  const char *at = getenv("POWERCUT_FOLDER");
  const char *log = getenv("POWERCUT_LOG");
  const char *control = getenv("POWERCUT_FAULT");
  if (at == NULL || strlen(at) >= sizeof folder) return;
  strcpy(folder, at);
  folder_length = strlen(folder);
  if (log != NULL) log_file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (control != NULL) {
    int descriptor = (int)syscall(SYS_openat, AT_FDCWD, control, O_RDONLY | O_CLOEXEC);
    void *mapped = mmap(NULL, sizeof *fault, PROT_READ, MAP_SHARED, descriptor, 0);
    if (mapped == MAP_FAILED) abort();
    fault = mapped;
  }
}

static void lock(void) {
  pthread_once(&once, start);
  pthread_mutex_lock(&gate);
}

/* Leaves with the errno of the call itself. */
static void unlock(void) {
  int kept = errno;
  pthread_mutex_unlock(&gate);
  errno = kept;
}

static int ends(const char *text, const char *end) {
  size_t a = strlen(text), b = strlen(end);
  return a >= b && strcmp(text + a - b, end) == 0;
}

/* The name inside the folder, "" for the folder itself, NULL for what is outside or left out. */
static const char *name_in_folder(const char *path) {
  if (folder_length == 0 || path == NULL || strncmp(path, folder, folder_length) != 0) return NULL;
  if (path[folder_length] == 0) return "";
  if (path[folder_length] != '/') return NULL;
  const char *name = path + folder_length + 1;
  return strchr(name, '/') != NULL || ends(name, "-shm") || ends(name, ".lock") ? NULL : name;
}

static void put(const void *bytes, size_t length) {
  const char *next = bytes;
  while (length > 0) {
    ssize_t written = syscall(SYS_write, log_file, next, length);
    if (written <= 0) abort();
    next += written;
    length -= (size_t)written;
  }
}

static void note(uint8_t operation, int32_t file, int64_t offset, const void *bytes, uint32_t length) {
  if (log_file < 0) return;
  char *entry = malloc(17 + (size_t)length);
  if (entry == NULL) abort();
  entry[0] = (char)operation;
  memcpy(entry + 1, &file, 4);
  memcpy(entry + 5, &offset, 8);
  memcpy(entry + 13, &length, 4);
  if (length > 0) memcpy(entry + 17, bytes, length);
  put(entry, 17 + (size_t)length);
  free(entry);
}

static int number_of(int descriptor) {
  return descriptor >= 0 && descriptor < DESCRIPTORS ? file_of[descriptor] - 1 : OUTSIDE;
}

/* The errno with which a change fails now; every second change of a full disk is cut short first, as a real one may be. */
static int failing(size_t *length) {
  int now = fault == NULL ? 0 : *fault;
  if (now == ENOSPC && length != NULL && *length > 512 && shortened++ % 2 == 0) {
    *length = 512;
    return 0;
  }
  return now;
}

static int known(ino_t inode) {
  for (int file = files - 1; file > 0; file--)
    if (inode_of[file] == inode) return file;
  return OUTSIDE;
}

static void opened(int descriptor, const char *name, int flags) {
  if (descriptor < 0 || descriptor >= DESCRIPTORS) return;
  if (name[0] == 0) {
    file_of[descriptor] = 1 + FOLDER;
    return;
  }
  struct stat info;
  if (fstat(descriptor, &info) != 0 || files == FILES) abort();
  int file = known(info.st_ino);
  if (file == OUTSIDE) {
    file = files++;
    inode_of[file] = info.st_ino;
    note(CREATE, file, 0, name, (uint32_t)strlen(name));
  } else if ((flags & O_TRUNC) != 0) {
    note(TRUNCATE, file, 0, NULL, 0);
  }
  file_of[descriptor] = 1 + file;
}

static int open_outside(int directory, const char *path, int flags, mode_t mode) {
  int descriptor = (int)syscall(SYS_openat, directory, path, flags, mode);
  if (descriptor >= 0 && descriptor < DESCRIPTORS) file_of[descriptor] = 0;
  return descriptor;
}

/* What is outside passes without the lock: opening a pipe waits for its other end. */
static int open_at(int directory, const char *path, int flags, mode_t mode) {
  pthread_once(&once, start);
  const char *name = name_in_folder(path);
  if (name == NULL) return open_outside(directory, path, flags, mode);
  lock();
  int writes = (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) != 0;
  int failure = writes ? failing(NULL) : 0;
  int descriptor = -1;
  if (failure != 0) errno = failure;
  else descriptor = open_outside(directory, path, flags, mode);
  opened(descriptor, name, flags);
  unlock();
  return descriptor;
}

static mode_t mode_of(int flags, va_list more) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
}

#define OPEN(function)                                            \
  int function(const char *path, int flags, ...) {                \
    va_list more;                                                 \
    va_start(more, flags);                                        \
    mode_t mode = mode_of(flags, more);                           \
    va_end(more);                                                 \
    return open_at(AT_FDCWD, path, flags, mode);                  \
  }
OPEN(open)
OPEN(open64)

#define OPEN_AT(function)                                         \
  int function(int directory, const char *path, int flags, ...) { \
    va_list more;                                                 \
    va_start(more, flags);                                        \
    mode_t mode = mode_of(flags, more);                           \
    va_end(more);                                                 \
    return open_at(directory, path, flags, mode);                 \
  }
OPEN_AT(openat)
OPEN_AT(openat64)

int close(int descriptor) {
  if (descriptor >= 0 && descriptor < DESCRIPTORS) file_of[descriptor] = 0;
  return (int)syscall(SYS_close, descriptor);
}

static ssize_t change(int descriptor, const void *bytes, size_t length, off_t offset, int positioned) {
  pthread_once(&once, start);
  if (number_of(descriptor) <= FOLDER)
    return positioned ? syscall(SYS_pwrite64, descriptor, bytes, length, offset) : syscall(SYS_write, descriptor, bytes, length);
  lock();
  ssize_t written = -1;
  int failure = failing(&length);
  if (failure != 0) {
    errno = failure;
  } else {
    if (!positioned) offset = lseek(descriptor, 0, SEEK_CUR);
    written = positioned ? syscall(SYS_pwrite64, descriptor, bytes, length, offset) : syscall(SYS_write, descriptor, bytes, length);
    if (written > 0) note(WRITE, number_of(descriptor), offset, bytes, (uint32_t)written);
  }
  unlock();
  return written;
}

ssize_t write(int descriptor, const void *bytes, size_t length) { return change(descriptor, bytes, length, 0, 0); }
ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t offset) { return change(descriptor, bytes, length, offset, 1); }
ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t offset) { return change(descriptor, bytes, length, offset, 1); }

static ssize_t change_many(int descriptor, const struct iovec *parts, int count, off_t offset) {
  ssize_t total = 0;
  for (int i = 0; i < count; i++) {
    ssize_t written = change(descriptor, parts[i].iov_base, parts[i].iov_len, offset + total, 1);
    if (written < 0) return total > 0 ? total : written;
    total += written;
    if ((size_t)written < parts[i].iov_len) break;
  }
  return total;
}

ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t offset) { return change_many(descriptor, parts, count, offset); }
ssize_t pwritev64(int descriptor, const struct iovec *parts, int count, off64_t offset) { return change_many(descriptor, parts, count, offset); }

static int truncate_to(int descriptor, off_t length) {
  int file = number_of(descriptor), result = -1;
  if (file <= FOLDER) return (int)syscall(SYS_ftruncate, descriptor, length);
  lock();
  int failure = failing(NULL);
  if (failure != 0) errno = failure;
  else result = (int)syscall(SYS_ftruncate, descriptor, length);
  if (result == 0) note(TRUNCATE, file, length, NULL, 0);
  unlock();
  return result;
}

int ftruncate(int descriptor, off_t length) { return truncate_to(descriptor, length); }
int ftruncate64(int descriptor, off64_t length) { return truncate_to(descriptor, length); }

static int synchronise(int descriptor, long call) {
  int file = number_of(descriptor), result = -1;
  if (file < FOLDER) return (int)syscall(call, descriptor);
  lock();
  int failure = failing(NULL);
  if (failure != 0) errno = failure;
  /* The log stands for the disk: what it says is synchronised is, and the test is faster for it. */
  else if (log_file >= 0) result = 0;
  else result = (int)syscall(call, descriptor);
  if (result == 0) note(SYNC, file, 0, NULL, 0);
  unlock();
  return result;
}

int fsync(int descriptor) { return synchronise(descriptor, SYS_fsync); }
int fdatasync(int descriptor) { return synchronise(descriptor, SYS_fdatasync); }

static void nameless(const char *path) {
  struct stat info;
  int file = stat(path, &info) == 0 ? known(info.st_ino) : OUTSIDE;
  if (file != OUTSIDE) inode_of[file] = 0;
}

int unlink(const char *path) {
  pthread_once(&once, start);
  const char *name = name_in_folder(path);
  if (name == NULL) return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  lock();
  int failure = failing(NULL), result = -1;
  if (failure != 0 && failure != ENOSPC) {
    errno = failure;
  } else {
    nameless(path);
    result = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (result == 0) note(UNLINK, FOLDER, 0, name, (uint32_t)strlen(name));
  }
  unlock();
  return result;
}

int rename(const char *from, const char *to) {
  lock();
  const char *before = name_in_folder(from), *after = name_in_folder(to);
  int failure = before != NULL || after != NULL ? failing(NULL) : 0, result = -1;
  if (failure != 0) {
    errno = failure;
  } else {
    if (after != NULL) nameless(to);
    result = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (result == 0 && before != NULL && after != NULL) {
      char both[8192];
      size_t length = strlen(before);
      memcpy(both, before, length + 1);
      strcpy(both + length + 1, after);
      note(RENAME, FOLDER, 0, both, (uint32_t)(length + 1 + strlen(after)));
    }
  }
  unlock();
  return result;
}
