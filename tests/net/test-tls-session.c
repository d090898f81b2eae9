/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/prctl.h>

#include "client.h"
#include "core/mw-error.h"
#include "fake-server.h"

/* What a server may offer that is no protection, and what that is called. The
 * server is OpenSSL's, as behind most mail servers: GnuTLS would not serve
 * half of this, and refuses the other half with alerts of its own. */

#define HOST "imap.example.test"
#define TIMEOUT_MS 20000

/* Lets OpenSSL offer everything it was built with. */
#define ALL "@SECLEVEL=0"
#define TLS12 "-tls1_2"

static MwTestCertificate *ca;
static MwTlsCredentials *credentials;

typedef struct {
  const char *name;
  guint       rsa_bits;
  MwOutcome   outcome;
  const char *options[8];
  guint       n_others; /* names before the right one */
} Case;

static const Case cases[] = {
  { "good", 2048, MW_OUTCOME_WORKS, { "-cipher", "DEFAULT" } },
  { "dh-2048", 2048, MW_OUTCOME_WORKS, { TLS12, "-cipher", "DHE" } },

  { "tls-1.0", 2048, MW_OUTCOME_TLS_TOO_OLD, { "-tls1", "-cipher", "ALL:" ALL } },
  { "tls-1.1", 2048, MW_OUTCOME_TLS_TOO_OLD, { "-tls1_1", "-cipher", "ALL:" ALL } },
  { "dh-1024", 2048, MW_OUTCOME_TLS_TOO_OLD,
    { TLS12, "-cipher", "DHE:" ALL, "-dhparam", DATA "/dh-1024.pem" } },

  /* The server finds nothing in common and says no more than that. */
  { "sha1", 2048, MW_OUTCOME_TLS_FAILED,
    { TLS12, "-cipher", "ECDHE:" ALL, "-sigalgs", "RSA+SHA1" } },
  { "null", 2048, MW_OUTCOME_TLS_FAILED, { TLS12, "-cipher", "eNULL:" ALL } },
  { "anonymous", 2048, MW_OUTCOME_TLS_FAILED, { TLS12, "-cipher", "aNULL:" ALL } },

  { "rsa-1024", 1024, MW_OUTCOME_CERT_WEAK, { "-cipher", "ALL:" ALL } },
  { "rsa-512", 512, MW_OUTCOME_CERT_WEAK, { TLS12, "-cipher", "ALL:" ALL } },
  /* TLS 1.3 has no signature that short. */
  { "rsa-512-1.3", 512, MW_OUTCOME_TLS_FAILED, { "-tls1_3", "-cipher", "ALL:" ALL } },

  /* As many names as anybody signs, and as many as fit into a message. */
  { "1000-names", 2048, MW_OUTCOME_WORKS, { TLS12 }, 1000 },
  { "1000-names-1.3", 2048, MW_OUTCOME_WORKS, { "-tls1_3" }, 1000 },
  { "3000-names", 2048, MW_OUTCOME_TLS_FAILED, { TLS12 }, 3000 },
  { "3000-names-1.3", 2048, MW_OUTCOME_TLS_FAILED, { "-tls1_3" }, 3000 },
};

/* Whatever becomes of the test, its servers go with it. */
static void
child_setup_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* An OpenSSL server that listens on @out_port. */
static GSubprocess *
start_server (const char         *pem,
              const char * const *options,
              guint16            *out_port)
{
  g_autoptr(GSubprocessLauncher) launcher = NULL;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) argv = NULL;
  g_autoptr(GDataInputStream) output = NULL;
  g_autoptr(GError) error = NULL;
  GSubprocess *server;
  guint64 port = 0;

  g_strv_builder_add_many (builder, OPENSSL, "s_server", "-accept", "127.0.0.1:0",
                           "-cert", pem, "-key", pem, NULL);
  g_strv_builder_addv (builder, (const char **) options);
  argv = g_strv_builder_end (builder);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                        G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_child_setup (launcher, child_setup_cb, NULL, NULL);
  server = g_subprocess_launcher_spawnv (launcher, (const char * const *) argv, &error);
  g_assert_no_error (error);

  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  while (port == 0)
    {
      g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (line);
      if (g_str_has_prefix (line, "ACCEPT "))
        g_ascii_string_to_unsigned (strrchr (line, ':') + 1, 10, 1, 65535, &port, NULL);
    }

  *out_port = port;
  return server;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  MwTestCertificateSpec spec = { .names = { HOST }, .n_others = c->n_others,
                                 .rsa_bits = c->rsa_bits };
  g_autoptr(MwTestCertificate) leaf = mw_test_certificate_new (&spec, ca);
  g_autofree char *pem = mw_test_certificate_write (leaf);
  g_autoptr(GSubprocess) server = NULL;
  g_autoptr(MwTransport) transport = NULL;
  g_autoptr(GError) error = NULL;
  guint16 port;

  server = start_server (pem, c->options, &port);
  transport = client_connect (port);
  if (client_handshake (transport, credentials, HOST, NULL, TIMEOUT_MS, NULL, NULL, &error))
    {
      g_assert_cmpint (c->outcome, ==, MW_OUTCOME_WORKS);
    }
  else
    {
      g_test_message ("%s", error->message);
      g_assert_error (error, MW_PROBE_ERROR, c->outcome);
      g_assert_false (client_write (transport, "x", 1, TIMEOUT_MS, NULL, NULL));
    }

  mw_transport_close (transport, NULL);
  g_subprocess_force_exit (server);
  g_subprocess_wait (server, NULL, NULL);
  g_unlink (pem);
}

/* --- What a client says first --------------------------------------------- */

/* Extensions of a ClientHello (RFC 8446 §4.2). */
enum {
  EXTENSION_SERVER_NAME = 0,
  EXTENSION_ALPN = 16,
  EXTENSION_SESSION_TICKET = 35,
  EXTENSION_PRE_SHARED_KEY = 41,
  EXTENSION_EARLY_DATA = 42,
  EXTENSION_VERSIONS = 43,
  N_EXTENSIONS = 64,
};

typedef struct {
  GBytes *extensions[N_EXTENSIONS];
} Hello;

static void
hello_clear (Hello *hello)
{
  for (int i = 0; i < N_EXTENSIONS; i++)
    g_clear_pointer (&hello->extensions[i], g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hello, hello_clear)

static guint
take (MwFakeConnection *connection,
      guint             n_bytes)
{
  guint value = 0;

  for (guint i = 0; i < n_bytes; i++)
    value = value << 8 | (guint) mw_fake_connection_receive_byte (connection);

  return value;
}

static void
skip (MwFakeConnection *connection,
      guint             n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    mw_fake_connection_receive_byte (connection);
}

/* Reads one and hangs up. */
static void
serve_hello (MwFakeConnection *connection,
             gpointer          user_data)
{
  Hello *hello = user_data;
  guint left;

  g_assert_cmpuint (take (connection, 1), ==, 22); /* a record of the handshake */
  skip (connection, 4);
  g_assert_cmpuint (take (connection, 1), ==, 1); /* ClientHello */
  skip (connection, 3 + 2 + 32);
  skip (connection, take (connection, 1)); /* session */
  skip (connection, take (connection, 2)); /* ciphers */
  skip (connection, take (connection, 1)); /* compression */

  for (left = take (connection, 2); left > 0;)
    {
      guint type = take (connection, 2);
      guint size = take (connection, 2);
      g_autoptr(GByteArray) data = g_byte_array_new ();

      g_byte_array_set_size (data, size);
      for (guint i = 0; i < size; i++)
        data->data[i] = take (connection, 1);
      if (type < N_EXTENSIONS)
        hello->extensions[type] = g_byte_array_free_to_bytes (g_steal_pointer (&data));
      left -= 4 + size;
    }
}

static void
say_hello (Hello      *hello,
           const char *host,
           const char *alpn)
{
  g_autoptr(MwFakeServer) server = mw_fake_server_new (serve_hello, hello);
  g_autoptr(MwTransport) transport = client_connect (mw_fake_server_get_port (server));

  mw_transport_set_alpn (transport, alpn);
  g_assert_false (client_handshake (transport, credentials, host, NULL, TIMEOUT_MS, NULL, NULL,
                                    NULL));
  mw_transport_close (transport, NULL);
}

static void
assert_extension (Hello      *hello,
                  int         type,
                  const char *wanted,
                  gsize       size)
{
  if (wanted == NULL)
    {
      g_assert_null (hello->extensions[type]);
      return;
    }

  g_assert_nonnull (hello->extensions[type]);
  g_assert_cmpmem (g_bytes_get_data (hello->extensions[type], NULL),
                   g_bytes_get_size (hello->extensions[type]), wanted, size);
}

static void
test_hello (void)
{
  static const struct {
    const char *host;
    const char *sni;
  } table[] = {
    { "mail.test", "mail.test" }, { "mail.test.", "mail.test" },
    { "192.0.2.7", NULL }, { "2001:db8::7", NULL }, { "[2001:db8::7]", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto(Hello) hello = { { NULL } };

      say_hello (&hello, table[i].host, NULL);
      if (table[i].sni != NULL)
        assert_extension (&hello, EXTENSION_SERVER_NAME, "\0\x0c\0\0\x09mail.test", 14);
      else
        assert_extension (&hello, EXTENSION_SERVER_NAME, NULL, 0);
      assert_extension (&hello, EXTENSION_ALPN, NULL, 0);
      /* 1.3 and 1.2, whatever a priority file allows. */
      assert_extension (&hello, EXTENSION_VERSIONS, "\4\3\4\3\3", 5);
    }
}

/* A server that gave tickets is a stranger the next time: nothing of the first
 * connection comes along. */
static void
test_no_resumption (void)
{
  MwTestCertificateSpec spec = { .names = { HOST }, .rsa_bits = 2048 };
  g_autoptr(MwTestCertificate) leaf = mw_test_certificate_new (&spec, ca);
  g_autofree char *pem = mw_test_certificate_write (leaf);
  const char * const versions[] = { "-tls1_3", "-tls1_2" };

  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      const char * const options[] = { versions[i], "-early_data", NULL };
      g_autoptr(GSubprocess) server = NULL;
      g_autoptr(MwTransport) transport = NULL;
      g_auto(Hello) hello = { { NULL } };
      guint16 port;
      char byte;

      server = start_server (pem, options, &port);
      transport = client_connect (port);
      g_assert_true (client_handshake (transport, credentials, HOST, NULL, TIMEOUT_MS, NULL, NULL,
                                       NULL));
      /* The tickets come after the handshake; nothing else does. */
      client_read (transport, &byte, 1, 50, NULL, NULL);
      mw_transport_close (transport, NULL);
      g_subprocess_force_exit (server);
      g_subprocess_wait (server, NULL, NULL);

      say_hello (&hello, HOST, NULL);
      assert_extension (&hello, EXTENSION_SESSION_TICKET, NULL, 0);
      assert_extension (&hello, EXTENSION_PRE_SHARED_KEY, NULL, 0);
      assert_extension (&hello, EXTENSION_EARLY_DATA, NULL, 0);
    }

  g_unlink (pem);
}

static void
serve_tls (MwFakeConnection *connection,
           gpointer          user_data)
{
  if (mw_fake_connection_start_tls (connection, user_data))
    mw_fake_connection_stay_silent (connection);
}

/* On a port that is not mail's the server may want to hear what is meant; one
 * that knows nothing of it does not mind. */
static void
test_alpn (void)
{
  static const struct {
    const char *required;
    const char *offered;
    gboolean    good;
  } table[] = {
    { "imap", "imap", TRUE }, { "pop3", "pop3", TRUE }, { NULL, "imap", TRUE },
    { "h2", "imap", FALSE }, { "pop3", "imap", FALSE },
  };
  MwTestCertificateSpec spec = { .names = { HOST } };
  g_autoptr(MwTestCertificate) leaf = mw_test_certificate_new (&spec, ca);
  g_auto(Hello) hello = { { NULL } };

  say_hello (&hello, HOST, "imap");
  assert_extension (&hello, EXTENSION_ALPN, "\0\5\4imap", 7);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(MwFakeTls) tls = mw_fake_tls_new (leaf, NULL, NULL, FALSE);
      g_autoptr(MwFakeServer) server = NULL;
      g_autoptr(MwTransport) transport = NULL;
      g_autoptr(GError) error = NULL;

      if (table[i].required != NULL)
        mw_fake_tls_require_alpn (tls, table[i].required);
      server = mw_fake_server_new (serve_tls, tls);
      transport = client_connect (mw_fake_server_get_port (server));
      mw_transport_set_alpn (transport, table[i].offered);
      g_assert_cmpint (client_handshake (transport, credentials, HOST, NULL, TIMEOUT_MS, NULL,
                                         NULL, &error), ==, table[i].good);
      if (!table[i].good)
        g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_TLS_FAILED);
      mw_transport_close (transport, NULL);
    }
}

#define REQUESTS 1000

static void
serve_requests (MwFakeConnection *connection,
                gpointer          user_data)
{
  if (!mw_fake_connection_start_tls (connection, user_data))
    return;
  for (int i = 0; i < REQUESTS; i++)
    mw_fake_connection_ask_again (connection);
  mw_fake_connection_send (connection, "x", 1);
  mw_fake_connection_stay_silent (connection);
}

static gboolean
count_cb (gpointer user_data)
{
  guint *count = user_data;

  (*count)++;
  return G_SOURCE_CONTINUE;
}

/* A client need not negotiate again (RFC 5246 §7.4.1.1). A server that asks
 * and asks neither ends the connection nor keeps anybody else waiting. */
static void
test_renegotiation (void)
{
  MwTestCertificateSpec spec = { .names = { HOST } };
  g_autoptr(MwTestCertificate) leaf = mw_test_certificate_new (&spec, ca);
  g_autoptr(MwFakeTls) tls = mw_fake_tls_new (leaf, NULL, "NORMAL:-VERS-ALL:+VERS-TLS1.2", FALSE);
  g_autoptr(MwFakeServer) server = mw_fake_server_new (serve_requests, tls);
  g_autoptr(MwTransport) transport = client_connect (mw_fake_server_get_port (server));
  g_autoptr(GError) error = NULL;
  gssize size;
  guint count = 0;
  guint others = g_idle_add (count_cb, &count);
  char byte = '\0';

  g_assert_true (client_handshake (transport, credentials, HOST, NULL, TIMEOUT_MS, NULL, NULL,
                                   &error));
  count = 0;
  size = client_read (transport, &byte, 1, TIMEOUT_MS, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (size, ==, 1);
  g_assert_cmpint (byte, ==, 'x');
  g_assert_cmpuint (count, >=, REQUESTS);

  g_source_remove (others);
  mw_transport_close (transport, NULL);
}

int
main (int   argc,
      char *argv[])
{
  MwTestCertificateSpec ca_spec = { .common_name = "Test authority", .is_ca = TRUE };
  g_autofree char *ca_file = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);

  ca = mw_test_certificate_new (&ca_spec, NULL);
  ca_file = mw_test_certificate_write (ca);
  credentials = mw_tls_credentials_new ();
  g_assert_true (mw_tls_credentials_add_ca_file (credentials, ca_file, NULL));
  g_unlink (ca_file);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/tls-session/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/tls-session/hello", test_hello);
  g_test_add_func ("/tls-session/no-resumption", test_no_resumption);
  g_test_add_func ("/tls-session/alpn", test_alpn);
  g_test_add_func ("/tls-session/renegotiation", test_renegotiation);
  result = g_test_run ();

  g_object_unref (credentials);
  mw_test_certificate_free (ca);
  return result;
}
