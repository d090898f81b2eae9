/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "discovery/mw-autoconfig-xml.h"
#include "discovery/mw-pacc-digest.h"
#include "discovery/mw-pacc-document.h"

/* What administrators are told to publish (help/C/publish.page) is what
 * Mailwright finds. */

typedef struct {
  GString *document;
  GString *pacc;
  GString *zone;
  GString *command;  /* what computes the digest */
  GString *open;     /* the one that is being read, NULL outside of samples */
} Samples;

static void
start_element_cb (GMarkupParseContext  *context,
                  const char           *name,
                  const char          **names,
                  const char          **values,
                  gpointer              user_data,
                  GError              **error)
{
  Samples *samples = user_data;
  const char *kind = NULL;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], "mime"))
        kind = values[i];
    }

  samples->open = NULL;
  if (g_str_equal (name, "code") && g_strcmp0 (kind, "application/xml") == 0)
    samples->open = samples->document;
  else if (g_str_equal (name, "code") && g_strcmp0 (kind, "application/json") == 0)
    samples->open = samples->pacc;
  else if (g_str_equal (name, "code") && g_strcmp0 (kind, "text/dns") == 0)
    samples->open = samples->zone;
  /* The first one below the file. */
  else if (g_str_equal (name, "input") && samples->pacc->len > 0 && samples->command->len == 0)
    samples->open = samples->command;
}

static void
end_element_cb (GMarkupParseContext  *context,
                const char           *name,
                gpointer              user_data,
                GError              **error)
{
  Samples *samples = user_data;

  samples->open = NULL;
}

static void
text_cb (GMarkupParseContext  *context,
         const char           *text,
         gsize                 length,
         gpointer              user_data,
         GError              **error)
{
  Samples *samples = user_data;

  if (samples->open == NULL)
    return;

  /* The line break after the opening tag is not shown. */
  if (samples->open->len == 0 && length > 0 && *text == '\n')
    g_string_append_len (samples->open, text + 1, length - 1);
  else
    g_string_append_len (samples->open, text, length);
}

static void
samples_clear (Samples *samples)
{
  g_string_free (samples->document, TRUE);
  g_string_free (samples->pacc, TRUE);
  g_string_free (samples->zone, TRUE);
  g_string_free (samples->command, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Samples, samples_clear)

static void
read_page (Samples *samples)
{
  static const GMarkupParser parser = { start_element_cb, end_element_cb, text_cb, NULL, NULL };
  g_autoptr(GMarkupParseContext) context = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *page = NULL;
  gsize length;

  samples->document = g_string_new (NULL);
  samples->pacc = g_string_new (NULL);
  samples->zone = g_string_new (NULL);
  samples->command = g_string_new (NULL);
  g_file_get_contents (HELP_PAGE, &page, &length, &error);
  g_assert_no_error (error);
  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, samples, NULL);
  g_markup_parse_context_parse (context, page, length, &error);
  g_assert_no_error (error);
}

/* The servers of the sample zone, as "imaps:host:993". */
static GPtrArray *
read_zone (Samples *samples)
{
  g_autoptr(GRegex) line = g_regex_new ("^_([a-z0-9]+)\\._tcp +IN SRV +\\d+ \\d+ (\\d+) (\\S+)\\.$",
                                        G_REGEX_MULTILINE, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  GPtrArray *servers = g_ptr_array_new_with_free_func (g_free);

  for (g_regex_match (line, samples->zone->str, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *service = g_match_info_fetch (match, 1);
      g_autofree char *port = g_match_info_fetch (match, 2);
      g_autofree char *host = g_match_info_fetch (match, 3);

      g_ptr_array_add (servers, g_strjoin (":", service, host, port, NULL));
    }

  return servers;
}

static char *
read_record (Samples *samples)
{
  const char *begin = strstr (samples->zone->str, "_ua-auto-config");

  g_assert_nonnull (begin);
  begin = strchr (begin, '"');
  g_assert_nonnull (begin);
  return g_strndup (begin + 1, strcspn (begin + 1, "\""));
}

static void
assert_servers (Samples   *samples,
                GPtrArray *candidates)
{
  g_autoptr(GPtrArray) wanted = read_zone (samples);

  g_assert_cmpuint (wanted->len, ==, 3);
  g_assert_cmpuint (candidates->len, ==, wanted->len);
  for (guint i = 0; i < wanted->len; i++)
    {
      MwCandidate *candidate = candidates->pdata[i];
      g_autofree char *server = mw_endpoint_to_string (mw_candidate_get_endpoint (candidate));

      g_assert_cmpstr (server, ==, wanted->pdata[i]);
      g_assert_cmpstr (mw_candidate_get_user_names (candidate)[0], ==, "jan@example.com");
      g_assert_cmpint (mw_candidate_get_auth (candidate), ==, MW_AUTH_UNKNOWN);
    }
}

static void
assert_provider (MwProvider *provider)
{
  const MwHint *help = mw_provider_get_hint (provider, MW_HINT_KIND_DOCUMENTATION);

  g_assert_cmpstr (provider->name, ==, "Example Mail");
  g_assert_nonnull (help);
  g_assert_cmpstr (help->uri, ==, "https://www.example.com/mail");
}

static void
test_document (void)
{
  g_autoptr(MwAddress) address = mw_address_parse ("jan@example.com", NULL);
  g_autoptr(MwAutoconfigXml) document = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(Samples) samples = { NULL };

  read_page (&samples);
  document = mw_autoconfig_xml_parse (samples.document->str, samples.document->len, address,
                                      MW_ORIGIN_AUTOCONFIG, MW_GRADE_B, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (document->skipped->len, ==, 0);
  assert_servers (&samples, document->candidates);
  assert_provider (document->provider);
}

static void
test_pacc (void)
{
  g_autoptr(MwAddress) address = mw_address_parse ("jan@example.com", NULL);
  g_autoptr(MwPaccDocument) document = NULL;
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;
  g_auto(Samples) samples = { NULL };

  read_page (&samples);
  document = mw_pacc_document_parse (samples.pacc->str, samples.pacc->len, address,
                                     MW_ORIGIN_PACC, MW_GRADE_B, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (document->skipped->len, ==, 0);
  assert_servers (&samples, document->candidates);
  assert_provider (document->provider);

  g_ptr_array_add (texts, read_record (&samples));
  g_assert_cmpstr (mw_pacc_digest_check (texts, (const guint8 *) samples.pacc->str,
                                         samples.pacc->len),
                   ==, NULL);
}

/* The command prints what stands in the record. */
static void
test_command (void)
{
  g_auto(Samples) samples = { NULL };
  g_autofree char *folder = g_dir_make_tmp ("mailwright-help-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "user-agent-configuration.json", NULL);
  g_autofree char *record = NULL;
  g_autofree char *output = NULL;
  g_autoptr(GError) error = NULL;
  char *argv[] = { (char *) "sh", (char *) "-c", NULL, NULL };

  read_page (&samples);
  record = read_record (&samples);
  g_file_set_contents (path, samples.pacc->str, samples.pacc->len, &error);
  g_assert_no_error (error);
  argv[2] = samples.command->str;
  g_spawn_sync (folder, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_strstrip (output);
  g_assert_cmpuint (strlen (output), ==, 44);
  g_assert_true (g_str_has_suffix (record, output));

  g_unlink (path);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/help-samples/document", test_document);
  g_test_add_func ("/help-samples/pacc", test_pacc);
  g_test_add_func ("/help-samples/command", test_command);

  return g_test_run ();
}
