// Keeps network code out of the static binary: own definitions of the ten symbols through which libgit2 1.5 reaches its TLS,
// SSH, negotiate and socket code, so that the linker never pulls those objects out of libgit2.a. Every call fails, and none is
// ever made: hfscan opens repositories on disk only. cmake/StaticLink.cmake tries this link at configure time.
#include <pwd.h>
#include <stddef.h>
#include <sys/types.h>

int git_mbedtls_stream_global_init(void);
int git_mbedtls__set_cert_location(const char* file, const char* path);
int git_mbedtls_stream_new(void** out, const char* host, const char* port);
int git_mbedtls_stream_wrap(void** out, void* in, const char* host);
int git_http_auth_negotiate(void** out, const void* target);
int git_socket_stream_global_init(void);
int git_socket_stream_new(void** out, const char* host, const char* port);
int git_transport_ssh_global_init(void);
int git_smart_subtransport_ssh(void** out, void* owner, void* parameter);
int git_transport_ssh_with_paths(void** out, void* owner, void* parameter);

static int refuse(void** out) {
  *out = NULL;
  return -1;
}

int git_mbedtls_stream_global_init(void) { return 0; }

int git_mbedtls__set_cert_location(const char* file, const char* path) {
  (void)file;
  (void)path;
  return -1;
}

int git_mbedtls_stream_new(void** out, const char* host, const char* port) {
  (void)host;
  (void)port;
  return refuse(out);
}

int git_mbedtls_stream_wrap(void** out, void* in, const char* host) {
  (void)in;
  (void)host;
  return refuse(out);
}

int git_http_auth_negotiate(void** out, const void* target) {
  (void)target;
  return refuse(out);
}

int git_socket_stream_global_init(void) { return 0; }

int git_socket_stream_new(void** out, const char* host, const char* port) {
  (void)host;
  (void)port;
  return refuse(out);
}

int git_transport_ssh_global_init(void) { return 0; }

int git_smart_subtransport_ssh(void** out, void* owner, void* parameter) {
  (void)owner;
  (void)parameter;
  return refuse(out);
}

int git_transport_ssh_with_paths(void** out, void* owner, void* parameter) {
  (void)owner;
  (void)parameter;
  return refuse(out);
}

// libgit2 asks for a home folder by user id when HOME is unset. The C library's answer would come over a socket (nscd) and
// through shared objects (NSS), neither of which a static binary should hold: nobody has an entry here.
int getpwuid_r(uid_t user, struct passwd* entry, char* buffer, size_t size, struct passwd** out) {
  (void)user;
  (void)entry;
  (void)buffer;
  (void)size;
  *out = NULL;
  return 0;
}
