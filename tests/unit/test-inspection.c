/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-inspection.h"

#include <string.h>

#include "setup/mw-advice-refusal.h"

#define CORPUS "fuzz", "corpus"

/* Files that somebody made to do harm, or that broke on the way: each ends in
 * one sentence. What takes too long ends the test by its time limit. */

static MwInspection *
inspect (const char *data,
         gsize       size)
{
  g_autoptr(GBytes) content = g_bytes_new (data, size);

  return mw_inspection_new (content, NULL);
}

static void
check_sentence (MwInspection *inspection)
{
  const char *sentence;

  if (inspection->refusal == MW_INSPECTION_REFUSAL_NONE)
    {
      g_assert_cmpuint (inspection->candidates->len, >, 0);
      return;
    }

  sentence = mw_advice_describe_refusal (inspection->kind, inspection->refusal);
  g_assert_true (g_str_has_suffix (sentence, "."));
  g_assert_true (g_utf8_validate (sentence, -1, NULL));
}

static char *
repeat (const char *before,
        const char *text,
        guint       times,
        const char *after)
{
  GString *string = g_string_new (before);

  for (guint i = 0; i < times; i++)
    g_string_append (string, text);
  g_string_append (string, after);
  return g_string_free (string, FALSE);
}

#define DOCTYPE(root, entities) "<?xml version=\"1.0\"?><!DOCTYPE " root " [" entities "]>"
#define LAUGHS \
  "<!ENTITY a \"ha\">" \
  "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">" \
  "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">" \
  "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">"
#define PLIST(content) "<plist version=\"1.0\"><dict>" content "</dict></plist>"
#define CONFIGURATION "<key>PayloadType</key><string>Configuration</string>"
#define CLIENT(content) \
  "<clientConfig version=\"1.1\"><emailProvider id=\"a.test\">" content \
  "</emailProvider></clientConfig>"
#define FOREIGN "<!ENTITY x SYSTEM \"file:///etc/passwd\">"
#define REMOTE "<!DOCTYPE plist SYSTEM \"http://192.0.2.1/x.dtd\">"
#define PARAMETER "<!ENTITY % p SYSTEM \"http://192.0.2.1/x\"> %p;"

typedef struct {
  const char *name;
  const char *before;
  const char *repeated;
  guint       times;
  const char *after;
  const char *refusal;
} Case;

/* A document type with declarations of its own is not even looked into. */
static const Case cases[] = {
  { "laughs-in-profile", DOCTYPE ("plist", LAUGHS)
    PLIST ("<key>PayloadDisplayName</key><string>&d;</string>" CONFIGURATION), "", 0, "",
    "UNKNOWN" },
  { "laughs-in-autoconfig", DOCTYPE ("clientConfig", LAUGHS)
    CLIENT ("<displayName>&d;</displayName>"), "", 0, "", "UNKNOWN" },
  { "file-in-profile", DOCTYPE ("plist", FOREIGN)
    PLIST ("<key>PayloadDisplayName</key><string>&x;</string>" CONFIGURATION), "", 0, "",
    "UNKNOWN" },
  { "file-in-autoconfig", DOCTYPE ("clientConfig", FOREIGN)
    CLIENT ("<displayName>&x;</displayName>"), "", 0, "", "UNKNOWN" },
  { "parameter-entity", DOCTYPE ("clientConfig", PARAMETER) CLIENT (""), "", 0, "", "UNKNOWN" },
  { "document-type-elsewhere", REMOTE PLIST (CONFIGURATION "<key>PayloadContent</key><array/>"),
    "", 0, "", "NO_SERVER" },
  { "included", CLIENT ("<xi:include href=\"file:///etc/passwd\""
                        " xmlns:xi=\"http://www.w3.org/2001/XInclude\"/>"), "", 0, "",
    "NO_SERVER" },
  { "deep-profile", "<plist>", "<dict><key>a</key>", 50000, "", "DAMAGED" },
  { "deep-autoconfig", "<clientConfig>", "<a>", 20000, "", "TOO_DEEP" },
  { "deep-pacc", "{\"protocols\":", "[", 60000, "", "DAMAGED" },
  { "deep-object", "{\"protocols\":", "{\"a\":", 12000, "", "DAMAGED" },
  { "wrong-nesting", "<plist><dict><key>a</dict></key></plist>", "", 0, "", "DAMAGED" },
  { "wrong-nesting-in-autoconfig", CLIENT ("<incomingServer></outgoingServer>"), "", 0, "",
    "DAMAGED" },
  { "two-roots", PLIST (CONFIGURATION) PLIST (CONFIGURATION), "", 0, "", "DAMAGED" },
  { "keys-without-values", "<plist><dict>", "<key>a</key>", 80000, "</dict></plist>", "DAMAGED" },
  { "many-keys", "<plist><dict>", "<key>a</key><true/>", 50000, "</dict></plist>", "DAMAGED" },
  { "attributes", "<plist ", "a='' ", 200000, "/>", "DAMAGED" },
  { "attributes-in-autoconfig", "<clientConfig ", "a='' ", 12000, "/>", "DAMAGED" },
  { "one-attribute", "<plist a='", "0123456789", 100000, "'><dict/></plist>", "UNKNOWN" },
  { "one-tag", "<plist><", "0123456789", 100000, "", "DAMAGED" },
  { "comments", "<plist>", "<!-- -->", 120000, "<dict/></plist>", "UNKNOWN" },
  { "comment-without-end", "<plist><!--", "- ", 500000, "", "DAMAGED" },
  { "character-data", "<plist><string>", "<![CDATA[]]>", 80000, "</string></plist>", "UNKNOWN" },
  { "references", "<plist><string>", "&#65;", 200000, "</string></plist>", "UNKNOWN" },
  { "instructions", "", "<?xml?>", 100000, "<plist/>", "UNKNOWN" },
  { "base64", "<plist><data>", "!!!!", 250000, "</data></plist>", "UNKNOWN" },
  { "binary", "bplist00", "\xd1\x01\x02", 300000, "", "BINARY" },
  { "pem-of-nothing", "-----BEGIN CMS-----\n", "MIIB", 200000, "\n-----END CMS-----\n",
    "DAMAGED" },
  { "pem-without-end", "-----BEGIN PKCS7-----\n", "AAAA\n", 150000, "", "DAMAGED" },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *text = repeat (test->before, test->repeated, test->times, test->after);
  g_autoptr(MwInspection) inspection = inspect (text, strlen (text));
  GEnumClass *klass = g_type_class_ref (MW_TYPE_INSPECTION_REFUSAL);

  g_assert_cmpuint (strlen (text), <=, MW_INSPECTION_MAX_SIZE);
  g_assert_cmpstr (g_enum_get_value (klass, inspection->refusal)->value_nick, ==, test->refusal);
  g_assert_null (inspection->name);
  check_sentence (inspection);
  g_type_class_unref (klass);
}

typedef struct {
  const char *folder;
  const char *name;
} Sample;

static const Sample samples[] = {
  { "mobileconfig", "imap.mobileconfig" }, { "mobileconfig", "utf-16.mobileconfig" },
  { "mobileconfig", "signed.der" }, { "mobileconfig", "signed-stream.der" },
  { "mobileconfig", "signed.pem" }, { "autoconfig", "full.xml" },
};

static char *
read_sample (const Sample *sample,
             gsize        *out_size)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, CORPUS, sample->folder,
                                                 sample->name, NULL);
  g_autoptr(MwInspection) inspection = NULL;
  g_autoptr(GError) error = NULL;
  char *data = NULL;

  g_file_get_contents (path, &data, out_size, &error);
  g_assert_no_error (error);
  inspection = inspect (data, *out_size);
  g_assert_cmpint (inspection->refusal, ==, MW_INSPECTION_REFUSAL_NONE);
  return data;
}

/* Half a file is no file, wherever it was cut; of PEM's last dashes some may
 * miss. */
static void
test_cut (gconstpointer data)
{
  gsize size;
  g_autofree char *whole = read_sample (data, &size);

  for (gsize i = 0; i + 16 < size; i++)
    {
      g_autofree char *part = g_memdup2 (whole, i);
      g_autoptr(MwInspection) inspection = inspect (part, i);

      g_assert_cmpint (inspection->refusal, !=, MW_INSPECTION_REFUSAL_NONE);
      check_sentence (inspection);
    }
}

/* One wrong byte may do anything but harm. */
static void
test_changed (gconstpointer data)
{
  static const guint8 others[] = { 0x00, '<', '\'', 0x30, 0x7f, 0x80, 0xff };
  gsize size;
  g_autofree char *whole = read_sample (data, &size);

  for (gsize i = 0; i < size; i++)
    {
      g_autoptr(MwInspection) inspection = NULL;
      char right = whole[i];

      whole[i] = others[i % G_N_ELEMENTS (others)];
      inspection = inspect (whole, size);
      whole[i] = right;
      check_sentence (inspection);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/inspection/harm/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *cut = g_strconcat ("/inspection/cut/", samples[i].folder, "-",
                                          samples[i].name, NULL);
      g_autofree char *changed = g_strconcat ("/inspection/changed/", samples[i].folder, "-",
                                              samples[i].name, NULL);

      g_test_add_data_func (cut, &samples[i], test_cut);
      g_test_add_data_func (changed, &samples[i], test_changed);
    }

  return g_test_run ();
}
