/* What a program linked with musl gets for a name: one address a line, as getent(1) prints them. */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>

int main(int count, char **words) {
  struct addrinfo wanted = {.ai_socktype = SOCK_STREAM}, *found, *one;
  char text[INET6_ADDRSTRLEN];
  if (count != 2) return 64;
  int failed = getaddrinfo(words[1], 0, &wanted, &found);
  if (failed) {
    fprintf(stderr, "%s\n", gai_strerror(failed));
    return failed == EAI_AGAIN ? 3 : failed == EAI_NONAME || failed == EAI_NODATA ? 2 : 1;
  }
  for (one = found; one; one = one->ai_next) {
    void *address = one->ai_family == AF_INET ? (void *)&((struct sockaddr_in *)one->ai_addr)->sin_addr
                                              : (void *)&((struct sockaddr_in6 *)one->ai_addr)->sin6_addr;
    if (inet_ntop(one->ai_family, address, text, sizeof text)) printf("%-15s STREAM %s\n", text, words[1]);
  }
  return 0;
}
