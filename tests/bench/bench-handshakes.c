/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* Many TLS handshakes at once: how long until the first and the last stand,
 * what each costs, and for how long the main loop, and with it a window, is
 * kept from its other work. The server is a child of its own on the loop-back
 * interface; it answers every flight a round trip late. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "net/mw-connector.h"
#include "net/mw-transport.h"
#include "test-certificate.h"

#define TIMEOUT_MS 30000
#define LONG_TURN_US 5000

/* --- The server ----------------------------------------------------------- */

typedef struct {
  gnutls_session_t session;
  int              fd;
  gint64           due;  /* when to answer, 0: nothing has come yet */
  gboolean         secured;
} Peer;

static gboolean
peer_answer (Peer *peer)
{
  char buffer[256];
  gssize size;
  int result;

  if (!peer->secured)
    {
      result = gnutls_handshake (peer->session);
      peer->secured = result == GNUTLS_E_SUCCESS;
      return peer->secured || gnutls_error_is_fatal (result) == 0;
    }

  size = gnutls_record_recv (peer->session, buffer, sizeof buffer);
  if (size > 0)
    return gnutls_record_send (peer->session, buffer, size) == size;

  return size == GNUTLS_E_AGAIN || size == GNUTLS_E_INTERRUPTED;
}

static void
peer_close (Peer *peer)
{
  gnutls_deinit (peer->session);
  close (peer->fd);
  peer->fd = -1;
}

static void
peer_accept (Peer                             *peer,
             int                               fd,
             gnutls_certificate_credentials_t  credentials)
{
  int one = 1;

  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  peer->fd = fd;
  gnutls_init (&peer->session, GNUTLS_SERVER | GNUTLS_NONBLOCK);
  gnutls_set_default_priority (peer->session);
  gnutls_credentials_set (peer->session, GNUTLS_CRD_CERTIFICATE, credentials);
  gnutls_transport_set_int (peer->session, fd);
}

static int
poll_timeout (Peer   *peers,
              guint   n_peers,
              gint64  now)
{
  gint64 first = G_MAXINT64;

  for (guint i = 0; i < n_peers; i++)
    {
      if (peers[i].fd >= 0 && peers[i].due > 0)
        first = MIN (first, peers[i].due);
    }

  if (first == G_MAXINT64)
    return -1;
  return first > now ? (first - now) / 1000 + 1 : 0;
}

/* Ends with its parent. */
static void
serve (int                               listener,
       guint                             n,
       guint                             rtt_ms,
       gnutls_certificate_credentials_t  credentials)
{
  g_autofree Peer *peers = g_new0 (Peer, n);
  g_autofree struct pollfd *fds = g_new0 (struct pollfd, n + 1);
  guint n_peers = 0;

  while (TRUE)
    {
      gint64 now = g_get_monotonic_time ();

      for (guint i = 0; i < n_peers; i++)
        {
          fds[i].fd = peers[i].due > 0 ? -1 : peers[i].fd;
          fds[i].events = POLLIN;
        }
      fds[n_peers].fd = n_peers < n ? listener : -1;
      fds[n_peers].events = POLLIN;
      poll (fds, n_peers + 1, poll_timeout (peers, n_peers, now));

      now = g_get_monotonic_time ();
      if (n_peers < n && fds[n_peers].revents != 0)
        {
          int fd = accept4 (listener, NULL, NULL, SOCK_NONBLOCK);

          fds[n_peers].revents = 0;
          if (fd >= 0)
            peer_accept (&peers[n_peers++], fd, credentials);
          continue;
        }
      for (guint i = 0; i < n_peers; i++)
        {
          Peer *peer = &peers[i];

          if (peer->fd < 0)
            continue;
          if (peer->due == 0 && fds[i].fd >= 0 && fds[i].revents != 0)
            peer->due = now + (gint64) rtt_ms * 1000;
          if (peer->due > 0 && peer->due <= now)
            {
              peer->due = 0;
              if (!peer_answer (peer))
                peer_close (peer);
            }
        }
    }
}

/* Server and client each have one, where there are two: else whoever answers
 * first takes the other's place for a while. */
static void
stay_on_processor (guint number)
{
  cpu_set_t allowed;
  cpu_set_t wanted;

  if (sched_getaffinity (0, sizeof allowed, &allowed) != 0)
    return;

  CPU_ZERO (&wanted);
  for (guint i = 0; i < CPU_SETSIZE; i++)
    {
      if (!CPU_ISSET (i, &allowed) || number-- > 0)
        continue;
      CPU_SET (i, &wanted);
      sched_setaffinity (0, sizeof wanted, &wanted);
      return;
    }
}

static pid_t
start_server (guint    n,
              guint    rtt_ms,
              guint16 *out_port,
              char   **out_ca_file)
{
  g_autoptr(MwTestCertificate) ca = NULL;
  g_autoptr(MwTestCertificate) leaf = NULL;
  gnutls_certificate_credentials_t credentials;
  gnutls_x509_crt_t crt;
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t length = sizeof address;
  int listener = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  pid_t parent = getpid ();
  pid_t pid;

  ca = mw_test_certificate_new (&(MwTestCertificateSpec) { .common_name = "Bench CA",
                                                           .is_ca = TRUE }, NULL);
  leaf = mw_test_certificate_new (&(MwTestCertificateSpec) { .names = { "127.0.0.1" } }, ca);
  *out_ca_file = mw_test_certificate_write (ca);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (bind (listener, (struct sockaddr *) &address, sizeof address) != 0 ||
      listen (listener, (int) n) != 0 ||
      getsockname (listener, (struct sockaddr *) &address, &length) != 0)
    g_error ("Cannot listen: %s", g_strerror (errno));
  *out_port = ntohs (address.sin_port);

  pid = fork ();
  if (pid == 0)
    {
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      if (getppid () != parent)
        _exit (1);
      stay_on_processor (1);
      crt = mw_test_certificate_get_crt (leaf);
      gnutls_certificate_allocate_credentials (&credentials);
      gnutls_certificate_set_x509_key (credentials, &crt, 1, mw_test_certificate_get_key (leaf));
      serve (listener, n, rtt_ms, credentials);
      _exit (0);
    }

  close (listener);
  stay_on_processor (0);
  return pid;
}

/* --- The clients ---------------------------------------------------------- */

typedef struct {
  GMainLoop        *loop;
  MwResolver       *resolver;
  MwTlsCredentials *credentials;
  guint16           port;
  guint             n;
  guint             started;
  guint             left;
  guint             failed;
  gint64            start;
  gint64            first;
  gint64            last;
  gint64            echoed;
} Bench;

typedef struct {
  Bench       *bench;
  MwTransport *transport;
  GBytes      *text;
  char         buffer[64];
} Client;

/* One turn of the main loop, in microseconds: on the clock on the wall, and
 * what this thread itself computed of it. The server and the rest of the
 * machine share the processors, and what they took is not ours. */
typedef struct {
  gint64 wall;
  gint64 cpu;
} Turn;

static GArray *turns;
static Turn turn_start;

static gint64
get_thread_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* From the end of one wait to the start of the next nothing else can run. */
static int
timed_poll (GPollFD *fds,
            guint    n_fds,
            int      timeout)
{
  int result;

  if (turn_start.wall > 0)
    {
      Turn turn = { g_get_monotonic_time () - turn_start.wall,
                    get_thread_cpu () - turn_start.cpu };

      g_array_append_val (turns, turn);
    }
  result = g_poll (fds, n_fds, timeout);
  turn_start.wall = g_get_monotonic_time ();
  turn_start.cpu = get_thread_cpu ();
  return result;
}

static void
client_end (Client       *client,
            const GError *error)
{
  Bench *bench = client->bench;

  if (error != NULL)
    {
      if (bench->failed++ == 0)
        fprintf (stderr, "%s\n", error->message);
    }
  if (client->transport != NULL)
    mw_transport_close (client->transport, NULL);
  g_clear_object (&client->transport);
  g_clear_pointer (&client->text, g_bytes_unref);
  g_free (client);

  bench->left--;
  if (bench->left == 0)
    g_main_loop_quit (bench->loop);
}

static void
on_read_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Client *client = user_data;
  g_autoptr(GError) error = NULL;

  mw_transport_read_finish (MW_TRANSPORT (object), result, &error);
  client->bench->echoed = g_get_monotonic_time ();
  client_end (client, error);
}

static void
on_written_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  Client *client = user_data;
  g_autoptr(GError) error = NULL;

  if (!mw_transport_write_finish (MW_TRANSPORT (object), result, &error))
    {
      client_end (client, error);
      return;
    }

  mw_transport_read_async (client->transport, client->buffer, sizeof client->buffer, TIMEOUT_MS,
                           NULL, on_read_cb, client);
}

static void
on_handshake_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Client *client = user_data;
  Bench *bench = client->bench;
  g_autoptr(MwTlsFacts) facts = NULL;
  g_autoptr(GError) error = NULL;

  if (!mw_transport_handshake_finish (MW_TRANSPORT (object), result, &facts, &error))
    {
      client_end (client, error);
      return;
    }

  bench->last = g_get_monotonic_time ();
  if (bench->first == 0)
    bench->first = bench->last;
  mw_transport_write_async (client->transport, client->text, TIMEOUT_MS, NULL, on_written_cb,
                            client);
}

static void
on_connected_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Client *client = user_data;
  g_autoptr(MwConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

  connection = mw_connector_connect_finish (result, NULL, &error);
  if (connection == NULL)
    {
      client_end (client, error);
      return;
    }

  client->transport = mw_transport_new (connection->socket);
  mw_transport_handshake_async (client->transport, client->bench->credentials, "127.0.0.1", NULL,
                                TIMEOUT_MS, NULL, on_handshake_cb, client);
}

/* One in each turn: on the loop-back interface a call to connect() already
 * wakes the server and does half of its work, and what is measured are the
 * handshakes. */
static gboolean
start_client_cb (gpointer user_data)
{
  Bench *bench = user_data;
  Client *client = g_new0 (Client, 1);

  client->bench = bench;
  client->text = g_bytes_new_static ("hello\r\n", 7);
  mw_connector_connect_async (bench->resolver, "127.0.0.1", bench->port, TRUE, TIMEOUT_MS,
                              NULL, NULL, on_connected_cb, client);
  bench->started++;
  return bench->started < bench->n ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
on_prepared_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Bench *bench = user_data;
  g_autoptr(GError) error = NULL;

  if (!mw_tls_credentials_prepare_finish (MW_TLS_CREDENTIALS (object), result, &error))
    g_error ("%s", error->message);

  bench->start = g_get_monotonic_time ();
  g_idle_add_full (G_PRIORITY_DEFAULT, start_client_cb, bench, NULL);
}

static double
milliseconds (gint64 since,
              gint64 until)
{
  return (until - since) / 1000.0;
}

static double
cpu_ms (const struct rusage *usage)
{
  return (usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1000.0 +
         (usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1000.0;
}

/* A table of descriptors that threads share grows only after every processor
 * has been waited for, 10 ms at 64, 256, 512 …; while there is one thread it
 * grows at once, and it never shrinks. */
static void
make_room (guint n)
{
  int highest = fcntl (STDIN_FILENO, F_DUPFD_CLOEXEC, n + 64);

  if (highest >= 0)
    close (highest);
}

static void
print_turns (void)
{
  Turn longest = { 0 };
  guint n_over_wall = 0;
  guint n_over_cpu = 0;

  for (guint i = 0; i < turns->len; i++)
    {
      const Turn *turn = &g_array_index (turns, Turn, i);

      longest.wall = MAX (longest.wall, turn->wall);
      longest.cpu = MAX (longest.cpu, turn->cpu);
      n_over_wall += turn->wall > LONG_TURN_US ? 1 : 0;
      n_over_cpu += turn->cpu > LONG_TURN_US ? 1 : 0;
    }

  printf ("longest main-loop turn   %.1f ms of computing, %.1f ms by the clock\n",
          longest.cpu / 1000.0, longest.wall / 1000.0);
  printf ("turns over %d ms          %u of %u, %u by the clock\n", LONG_TURN_US / 1000, n_over_cpu,
          turns->len, n_over_wall);
}

int
main (int    argc,
      char **argv)
{
  guint n = argc > 1 ? atoi (argv[1]) : 300;
  guint rtt_ms = argc > 2 ? atoi (argv[2]) : 100;
  struct rlimit files = { 0 };
  struct rusage before;
  struct rusage after;
  g_autofree char *ca_file = NULL;
  g_autoptr(GError) error = NULL;
  Bench bench = { .n = n, .left = n };
  pid_t server;

  /* Both ends together; the server inherits it. */
  getrlimit (RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit (RLIMIT_NOFILE, &files);

  make_room (n);
  server = start_server (n, rtt_ms, &bench.port, &ca_file);

  bench.loop = g_main_loop_new (NULL, FALSE);
  bench.resolver = mw_resolver_new (TIMEOUT_MS);
  bench.credentials = mw_tls_credentials_new ();
  if (!mw_tls_credentials_add_ca_file (bench.credentials, ca_file, &error))
    g_error ("%s", error->message);
  g_unlink (ca_file);

  turns = g_array_new (FALSE, FALSE, sizeof (Turn));
  g_main_context_set_poll_func (NULL, timed_poll);
  getrusage (RUSAGE_SELF, &before);
  mw_tls_credentials_prepare_async (bench.credentials, NULL, on_prepared_cb, &bench);
  g_main_loop_run (bench.loop);
  getrusage (RUSAGE_SELF, &after);

  kill (server, SIGKILL);
  waitpid (server, NULL, 0);

  printf ("%u handshakes at once, round trip %u ms (%u failed)\n", n, rtt_ms, bench.failed);
  printf ("first / last handshake   %.0f / %.0f ms\n",
          milliseconds (bench.start, bench.first), milliseconds (bench.start, bench.last));
  printf ("all echoed               %.0f ms\n", milliseconds (bench.start, bench.echoed));
  printf ("CPU for each connection  %.2f ms\n", (cpu_ms (&after) - cpu_ms (&before)) / n);
  print_turns ();
  printf ("resident at most         %.1f MiB\n", after.ru_maxrss / 1024.0);

  g_array_unref (turns);
  g_object_unref (bench.credentials);
  g_object_unref (bench.resolver);
  g_main_loop_unref (bench.loop);
  return bench.failed == 0 ? 0 : 1;
}
