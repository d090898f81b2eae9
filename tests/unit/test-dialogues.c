/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "core/mw-error.h"
#include "protocol/mw-dialogue.h"

/* Plays tests/dialogues/NAME.txt through a dialogue, without a socket, and
 * compares every byte the client would send. tests/dialogues/README.md says
 * how such a file is written. */

#define DEFAULT_USER "jan@example.test"
#define ANY "%ANY%"     /* the rest of a client line */
#define DEFAULT_PASSWORD "zażółć \"gęślą\" \\jaźń 1"

typedef struct {
  char          *name;
  GHashTable    *settings;
  char         **lines;
  guint          line;          /* for messages, counted from 1 */

  MwEndpoint    *endpoint;
  MwCredentials *credentials;
  MwDialogue    *dialogue;
  MwStep         step;
  gsize          sent;          /* bytes of the step's data that were compared */
  GError        *error;
} Play;

static void
play_free (gpointer data)
{
  Play *self = data;

  g_free (self->name);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  g_strfreev (self->lines);
  g_clear_pointer (&self->endpoint, mw_endpoint_unref);
  g_clear_pointer (&self->credentials, mw_credentials_unref);
  g_clear_object (&self->dialogue);
  mw_step_clear (&self->step);
  g_clear_error (&self->error);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Play, play_free)

static const char *
get_setting (Play       *self,
             const char *key,
             const char *otherwise)
{
  const char *value = g_hash_table_lookup (self->settings, key);

  return value != NULL ? value : otherwise;
}

static int
get_enum (Play       *self,
          const char *key,
          GType       type)
{
  int value = -1;

  if (!mw_enum_from_nick (type, get_setting (self, key, NULL), &value))
    g_error ("%s: %s= is missing or unknown", self->name, key);

  return value;
}

/* The first line: # key=value …, quoted as for the shell. */
static GHashTable *
parse_settings (const char *name,
                const char *line)
{
  g_autoptr(GHashTable) settings = NULL;
  g_auto(GStrv) words = NULL;
  g_autoptr(GError) error = NULL;

  if (*line != '#' || !g_shell_parse_argv (line + 1, NULL, &words, &error))
    g_error ("%s: bad first line", name);

  settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      char *value = strchr (words[i], '=');

      if (value == NULL)
        g_error ("%s: no = in %s", name, words[i]);
      g_hash_table_insert (settings, g_strndup (words[i], value - words[i]), g_strdup (value + 1));
    }

  return g_steal_pointer (&settings);
}

static Play *
play_load (const char *path)
{
  g_autoptr(Play) self = g_new0 (Play, 1);
  g_autoptr(MwAddress) address = NULL;
  g_autoptr(MwSecret) secret = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  self->name = g_path_get_basename (path);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  self->lines = g_strsplit (text, "\n", -1);
  self->settings = parse_settings (self->name, self->lines[0]);

  address = mw_address_parse (get_setting (self, "address", DEFAULT_USER), &error);
  g_assert_no_error (error);
  secret = mw_secret_new (get_setting (self, "password", DEFAULT_PASSWORD), -1);
  self->endpoint = mw_endpoint_new (get_enum (self, "protocol", MW_TYPE_PROTOCOL),
                                    get_enum (self, "security", MW_TYPE_SECURITY),
                                    "mail.example.test", 0);
  self->credentials = mw_credentials_new (self->endpoint,
                                          get_setting (self, "user", DEFAULT_USER), secret);
  self->dialogue = mw_dialogue_new (self->endpoint, address,
                                    get_setting (self, "client", "192.0.2.7"));
  if (g_strcmp0 (get_setting (self, "certificate", NULL), "pinned") == 0)
    mw_dialogue_prefer_mutual (self->dialogue);
  if (get_setting (self, "only", NULL) != NULL)
    mw_dialogue_set_auth (self->dialogue, get_enum (self, "only", MW_TYPE_AUTH_METHOD));

  return g_steal_pointer (&self);
}

static gboolean G_GNUC_PRINTF (2, 3)
complain (Play       *self,
          const char *format,
          ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  g_test_message ("%s:%u: %s", self->name, self->line, message);
  g_test_fail ();

  return FALSE;
}

static void
append_base64 (GString    *text,
               const char *bytes,
               gsize       length)
{
  g_autofree char *encoded = g_base64_encode ((const guchar *) bytes, length);

  g_string_append (text, encoded);
}

/* What a client line stands for. */
static GString *
expand (Play       *self,
        const char *line)
{
  const char *user_name = mw_credentials_get_user_name (self->credentials);
  const char *password = mw_secret_peek (mw_credentials_get_secret (self->credentials));
  g_autoptr(GString) plain = g_string_new (NULL);
  GString *text = g_string_new (line);
  g_autoptr(GString) plain64 = g_string_new (NULL);
  g_autoptr(GString) user64 = g_string_new (NULL);
  g_autoptr(GString) password64 = g_string_new (NULL);

  g_string_append_len (plain, "", 1);
  g_string_append_len (plain, user_name, strlen (user_name) + 1);
  g_string_append (plain, password);
  append_base64 (plain64, plain->str, plain->len);
  append_base64 (user64, user_name, strlen (user_name));
  append_base64 (password64, password, strlen (password));

  g_string_replace (text, "%PLAIN%", plain64->str, 0);
  g_string_replace (text, "%USER64%", user64->str, 0);
  g_string_replace (text, "%PASSWORD64%", password64->str, 0);
  g_string_replace (text, "%PASSWORD%", password, 0);
  g_string_append (text, "\r\n");

  return text;
}

/* All the client wanted to say must have been compared by now. */
static gboolean
is_silent (Play *self)
{
  gsize size = 0;
  const char *data = NULL;

  if (self->step.data != NULL)
    data = g_bytes_get_data (self->step.data, &size);
  if (self->sent < size)
    return complain (self, "the client also sends: %.*s",
                     (int) (size - self->sent), data + self->sent);

  return TRUE;
}

static gboolean
expect_kind (Play       *self,
             MwStepKind  kind,
             const char *name)
{
  if (self->error != NULL)
    return complain (self, "the conversation ended before: %s", self->error->message);
  if (self->step.kind != kind)
    return complain (self, "step kind is %d, not %s", self->step.kind, name);

  return TRUE;
}

static gboolean
play_server (Play       *self,
             const char *text)
{
  g_autofree char *line = g_strdup_printf ("%s\r\n", text);

  if (self->error != NULL)
    return complain (self, "the conversation ended before: %s", self->error->message);
  if (!is_silent (self))
    return FALSE;
  if (self->step.kind == MW_STEP_FINISHED)
    return complain (self, "the conversation is finished");

  mw_step_clear (&self->step);
  self->sent = 0;
  if (mw_dialogue_receive (self->dialogue, line, strlen (line), &self->step, &self->error) &&
      self->step.kind == MW_STEP_COMPUTE)
    {
      mw_scram_key_compute (self->step.key);
      mw_step_clear (&self->step);
      mw_dialogue_computed (self->dialogue, &self->step, &self->error);
    }

  return TRUE;
}

static gboolean
play_client (Play       *self,
             const char *line,
             gboolean    presents_secret)
{
  g_autoptr(GString) expected = expand (self, line);
  gboolean is_open = g_str_has_suffix (line, ANY);
  gsize size = 0;
  const char *data = NULL;

  if (self->error != NULL)
    return complain (self, "the conversation ended before: %s", self->error->message);

  if (self->step.data != NULL)
    data = g_bytes_get_data (self->step.data, &size);
  if (is_open)
    g_string_truncate (expected, expected->len - strlen (ANY "\r\n"));
  if (size - self->sent < expected->len ||
      memcmp (data + self->sent, expected->str, expected->len) != 0)
    return complain (self, "the client sends: %.*s", (int) (size - self->sent),
                     data != NULL ? data + self->sent : "(nothing)");

  if (self->step.presents_secret != presents_secret)
    return complain (self, "this does%s present the password", presents_secret ? " not" : "");
  if (presents_secret && !self->step.sensitive)
    return complain (self, "this is not marked as sensitive");

  self->sent = is_open ? size : self->sent + expected->len;
  return TRUE;
}

static gboolean
play_secured (Play *self)
{
  gboolean at_start = mw_endpoint_get_security (self->endpoint) == MW_SECURITY_TLS;

  if (!expect_kind (self, at_start ? MW_STEP_READ : MW_STEP_START_TLS, "START_TLS"))
    return FALSE;

  mw_step_clear (&self->step);
  self->sent = 0;
  mw_dialogue_secured (self->dialogue, &self->step, &self->error);

  return TRUE;
}

static gboolean
play_ready (Play     *self,
            gboolean  with_login)
{
  if (!expect_kind (self, MW_STEP_READY, "READY"))
    return FALSE;

  self->sent = 0;
  if (with_login)
    mw_dialogue_authenticate (self->dialogue, self->credentials, &self->step, &self->error);
  else
    mw_dialogue_prove_without_login (self->dialogue, &self->step, &self->error);

  return TRUE;
}

static gboolean
play_line (Play       *self,
           const char *line)
{
  const char *text = line + 2 + (line[0] != '\0' && line[1] != '\0' && line[2] == ' ');

  if (line[0] == '\0' || line[0] == '#')
    return TRUE;
  if (line[1] != ':')
    return complain (self, "no colon: %s", line);

  switch (line[0])
    {
    case 'S':
      return play_server (self, text);
    case 'C':
      return play_client (self, text, FALSE);
    case 'P':
      return play_client (self, text, TRUE);
    case 'T':
      return play_secured (self);
    case 'A':
      return play_ready (self, TRUE);
    case 'N':
      return play_ready (self, FALSE);
    case 'L':
      return expect_kind (self, MW_STEP_AUTHENTICATED, "AUTHENTICATED");
    case 'F':
      return expect_kind (self, MW_STEP_FINISHED, "FINISHED");
    default:
      return complain (self, "unknown letter: %s", line);
    }
}

static gboolean
check_result (Play *self)
{
  MwOutcome outcome = get_enum (self, "result", MW_TYPE_OUTCOME);

  if (outcome != MW_OUTCOME_WORKS)
    {
      if (self->error == NULL)
        return complain (self, "the conversation went well");
      if (!g_error_matches (self->error, MW_PROBE_ERROR, outcome))
        return complain (self, "the result is %s: %s",
                         mw_enum_to_nick (MW_TYPE_OUTCOME, self->error->code),
                         self->error->message);
      return TRUE;
    }

  if (self->error != NULL)
    return complain (self, "%s: %s", mw_enum_to_nick (MW_TYPE_OUTCOME, self->error->code),
                     self->error->message);

  return expect_kind (self, MW_STEP_FINISHED, "FINISHED") && is_silent (self);
}

static gboolean
check_word (Play       *self,
            const char *key,
            const char *word)
{
  const char *expected = get_setting (self, key, NULL);

  if (expected != NULL && g_strcmp0 (expected, word) != 0)
    return complain (self, "%s is: %s", key, word);

  return TRUE;
}

static gboolean
check_list (Play               *self,
            const char         *key,
            const char * const *list)
{
  g_autofree char *joined = list != NULL ? g_strjoinv (" ", (char **) list) : g_strdup ("");

  return check_word (self, key, joined);
}

/* sent=… drafts=… delimiter=. prefix=…, in this order, or nothing. */
static char *
describe_folders (MwMailFolders *folders)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (folders == NULL)
    return g_strdup ("");

  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    {
      const char *name = mw_mail_folders_get_name (folders, i);

      if (name != NULL)
        g_string_append_printf (text, "%s=%s ", mw_enum_to_nick (MW_TYPE_FOLDER_USE, i), name);
    }
  if (mw_mail_folders_get_delimiter (folders) != '\0')
    g_string_append_printf (text, "delimiter=%c ", mw_mail_folders_get_delimiter (folders));
  if (*mw_mail_folders_get_prefix (folders) != '\0')
    g_string_append_printf (text, "prefix=%s ", mw_mail_folders_get_prefix (folders));
  g_string_truncate (text, MAX (text->len, 1) - 1);

  return g_strdup (text->str);
}

static char *
describe_notes (guint notes)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i <= MW_NOTE_FOLDERS_INCOMPLETE; i++)
    {
      if ((notes & (1u << i)) != 0)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                                mw_enum_to_nick (MW_TYPE_NOTE, i));
    }

  return g_strdup (text->str);
}

static void
check_extras (Play *self)
{
  g_autoptr(MwMailFolders) folders = mw_dialogue_make_folders (self->dialogue);
  g_autofree char *folder_words = describe_folders (folders);
  g_autofree char *note_words = describe_notes (mw_dialogue_get_notes (self->dialogue));

  check_word (self, "folders", folder_words);
  check_word (self, "notes", note_words);
}

static void
test_play (gconstpointer data)
{
  const char *path = data;
  g_autoptr(Play) self = play_load (path);
  g_autofree char *text = NULL;

  for (gsize i = 1; self->lines[i] != NULL; i++)
    {
      self->line = i + 1;
      if (!play_line (self, self->lines[i]))
        return;
    }

  text = g_strdup (mw_dialogue_get_server_text (self->dialogue));
  if (text != NULL)
    g_strdelimit (text, "\n", '|');

  if (check_result (self))
    {
      check_word (self, "stage",
                  mw_enum_to_nick (MW_TYPE_STAGE, mw_dialogue_get_stage (self->dialogue)));
      check_word (self, "auth",
                  mw_enum_to_nick (MW_TYPE_AUTH_METHOD, mw_dialogue_get_auth (self->dialogue)));
      check_word (self, "text", text != NULL ? text : "");
      check_list (self, "offered", mw_dialogue_get_auth_offered (self->dialogue));
      check_list (self, "capabilities", mw_dialogue_get_capabilities (self->dialogue));
      check_extras (self);
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static GPtrArray *
find_files (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "dialogues", NULL);
  g_autoptr(GDir) dir = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, ".txt"))
        g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
    }
  g_ptr_array_sort (paths, compare_names);

  return paths;
}

/* The password may go to the endpoint it was given for and nowhere else. */
static void
test_foreign_credentials (void)
{
  g_autoptr(MwAddress) address = mw_address_parse (DEFAULT_USER, NULL);
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse ("imaps:imap.example.test");
  g_autoptr(MwEndpoint) other = mw_endpoint_parse ("imaps:imap.example.com");
  g_autoptr(MwSecret) secret = mw_secret_new (DEFAULT_PASSWORD, -1);
  g_autoptr(MwCredentials) credentials = mw_credentials_new (other, DEFAULT_USER, secret);
  g_autoptr(MwDialogue) dialogue = mw_dialogue_new (endpoint, address, NULL);
  static const char greeting[] = "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] Hello\r\n";
  g_autoptr(GError) error = NULL;
  g_auto(MwStep) step = { 0 };

  g_assert_true (mw_dialogue_secured (dialogue, &step, NULL));
  g_assert_true (mw_dialogue_receive (dialogue, greeting, strlen (greeting), &step, NULL));
  g_assert_cmpint (step.kind, ==, MW_STEP_READY);
  g_assert_false (mw_dialogue_authenticate (dialogue, credentials, &step, &error));
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CONSENT_NEEDED);
  g_assert_null (step.data);
}

/* A line break would begin another command, and nothing can carry a NUL: such
 * passwords are not sent at all where only these commands are left. */
static void
test_breaks (void)
{
  static const char pop3[] = "+OK ready\r\n+OK\r\nUSER\r\n.\r\n";
  static const char imap[] = "* OK [CAPABILITY IMAP4rev1 LITERAL+] ready\r\n";
  static const struct {
    const char *server;
    const char *lines;
    const char *password;
    gsize       length;
  } table[] = {
    { "pop3s:mail.example.test", pop3, "a\r\nQUIT", 7 },
    { "pop3s:mail.example.test", pop3, "a\nQUIT", 6 },
    { "pop3s:mail.example.test", pop3, "a\0b", 3 },
    { "imaps:mail.example.test", imap, "a\0b", 3 },
    { "imaps:mail.example.test", imap, "a\r\nb", 4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(MwAddress) address = mw_address_parse (DEFAULT_USER, NULL);
      g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (table[i].server);
      g_autoptr(MwSecret) secret = mw_secret_new (table[i].password, table[i].length);
      g_autoptr(MwCredentials) credentials = mw_credentials_new (endpoint, DEFAULT_USER, secret);
      g_autoptr(MwDialogue) dialogue = mw_dialogue_new (endpoint, address, NULL);
      g_auto(GStrv) lines = g_strsplit (table[i].lines, "\n", -1);
      g_autoptr(GError) error = NULL;
      g_auto(MwStep) step = { 0 };

      g_assert_true (mw_dialogue_secured (dialogue, &step, NULL));
      for (gsize l = 0; lines[l + 1] != NULL; l++)
        {
          g_autofree char *line = g_strconcat (lines[l], "\n", NULL);

          mw_step_clear (&step);
          g_assert_true (mw_dialogue_receive (dialogue, line, strlen (line), &step, NULL));
        }
      g_assert_cmpint (step.kind, ==, MW_STEP_READY);

      g_assert_false (mw_dialogue_authenticate (dialogue, credentials, &step, &error));
      g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_MECH_NONE);
      g_assert_null (step.data);
    }
}

/* READY is the only moment a password may leave. */
static void
test_too_early (void)
{
  static const char * const services[] = { "imaps", "imap", "pop3s", "pop3", "submissions",
                                           "submission" };

  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autofree char *server = g_strdup_printf ("%s:mail.example.test", services[i]);
      g_autoptr(MwAddress) address = mw_address_parse (DEFAULT_USER, NULL);
      g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (server);
      g_autoptr(MwSecret) secret = mw_secret_new (DEFAULT_PASSWORD, -1);
      g_autoptr(MwCredentials) credentials = mw_credentials_new (endpoint, DEFAULT_USER, secret);
      g_autoptr(MwDialogue) dialogue = mw_dialogue_new (endpoint, address, NULL);
      g_autoptr(GError) error = NULL;
      g_auto(MwStep) step = { 0 };

      g_assert_false (mw_dialogue_authenticate (dialogue, credentials, &step, &error));
      g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_PROTOCOL);
      g_assert_null (step.data);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GPtrArray) paths = NULL;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dialogues/foreign-credentials", test_foreign_credentials);
  g_test_add_func ("/dialogues/too-early", test_too_early);
  g_test_add_func ("/dialogues/breaks", test_breaks);

  paths = find_files ();
  g_assert_cmpuint (paths->len, >, 0);
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autofree char *base = g_path_get_basename (path);
      g_autofree char *name = g_strdup_printf ("/dialogues/%.*s", (int) strlen (base) - 4, base);

      g_test_add_data_func (name, path, test_play);
    }

  return g_test_run ();
}
