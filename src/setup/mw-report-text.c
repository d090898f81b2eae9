/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-report-text.h"

#include <string.h>

#include "core/mw-enums.h"
#include "setup/mw-advice.h"

#define INDENT 2

/* "missing_issuer" becomes "missing issuer". */
static void
append_key (GString    *text,
            guint       indent,
            const char *key)
{
  g_autofree char *words = g_strdelimit (g_strdup (key), "_", ' ');

  g_string_append_printf (text, "%*s%s", (int) indent, "", words);
}

static char *
format_value (JsonNode *node)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (node) ? "yes" : "no");
    default:
      return g_strdup (json_node_get_string (node));
    }
}

/* Whether a value fits behind its key. */
static gboolean
is_short (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) || JSON_NODE_HOLDS_NULL (node);
}

static gboolean
has_short_members (JsonObject *object)
{
  g_autoptr(GList) values = json_object_get_values (object);

  for (GList *l = values; l != NULL; l = l->next)
    {
      if (!is_short (l->data))
        return FALSE;
    }

  return TRUE;
}

/* "connect 1, tls 9" */
static char *
join_members (JsonObject *object)
{
  g_autoptr(GString) joined = g_string_new (NULL);
  g_autoptr(GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (object, l->data);
      g_autofree char *value = JSON_NODE_HOLDS_VALUE (node) ? format_value (node) : NULL;

      if (value == NULL)
        continue;
      g_string_append (joined, joined->len > 0 ? ", " : "");
      append_key (joined, 0, l->data);
      g_string_append_printf (joined, " %s", value);
    }

  return g_string_free (g_steal_pointer (&joined), FALSE);
}

static char *
join_elements (JsonArray *array)
{
  g_autoptr(GString) joined = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *value = format_value (json_array_get_element (array, i));

      g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "", value);
    }

  return g_string_free (g_steal_pointer (&joined), FALSE);
}

static void
append_line (GString    *text,
             guint       indent,
             const char *key,
             const char *value)
{
  if (value == NULL || *value == '\0')
    return;

  append_key (text, indent, key);
  g_string_append_printf (text, ": %s\n", value);
}

static void append_member (GString    *text,
                           guint       indent,
                           const char *key,
                           JsonNode   *node);

static void
append_object (GString    *text,
               guint       indent,
               JsonObject *object)
{
  g_autoptr(GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    append_member (text, indent, l->data, json_object_get_member (object, l->data));
}

static void
append_array (GString    *text,
              guint       indent,
              const char *key,
              JsonArray  *array)
{
  guint length = json_array_get_length (array);

  if (length > 0 && is_short (json_array_get_element (array, 0)))
    {
      g_autofree char *joined = join_elements (array);

      append_line (text, indent, key, joined);
      return;
    }

  for (guint i = 0; i < length; i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      g_autofree char *joined = NULL;

      if (!has_short_members (object))
        {
          append_key (text, indent, key);
          g_string_append (text, ":\n");
          append_object (text, indent + INDENT, object);
          continue;
        }
      joined = join_members (object);
      append_line (text, indent, key, joined);
    }
}

static void
append_member (GString    *text,
               guint       indent,
               const char *key,
               JsonNode   *node)
{
  g_autofree char *value = NULL;

  if (JSON_NODE_HOLDS_NULL (node))
    return;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      append_array (text, indent, key, json_node_get_array (node));
      return;
    }

  if (JSON_NODE_HOLDS_OBJECT (node) && !has_short_members (json_node_get_object (node)))
    {
      append_key (text, indent, key);
      g_string_append (text, ":\n");
      append_object (text, indent + INDENT, json_node_get_object (node));
      return;
    }

  value = JSON_NODE_HOLDS_OBJECT (node) ? join_members (json_node_get_object (node))
                                        : format_value (node);
  append_line (text, indent, key, value);
}

/* "imaps:mail.example.test:993" */
static char *
name_server (JsonObject *probe)
{
  return g_strdup_printf ("%s:%s:%" G_GINT64_FORMAT,
                          json_object_get_string_member (probe, "service"),
                          json_object_get_string_member (probe, "host"),
                          json_object_get_int_member (probe, "port"));
}

static void
append_side (GString    *text,
             JsonObject *report,
             const char *side)
{
  JsonNode *node = json_object_get_member (report, side);
  g_autofree char *server = NULL;
  g_autofree char *value = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;

  server = name_server (json_node_get_object (node));
  value = g_strdup_printf ("%s, %s", server,
                           json_object_get_string_member (json_node_get_object (node),
                                                          "outcome"));
  append_line (text, 0, side, value);
}

/* A server that was not even looked up tells nothing. */
static gboolean
was_tried (JsonObject *probe)
{
  return !g_str_equal (json_object_get_string_member (probe, "outcome"), "not-needed") ||
         !json_object_get_null_member (probe, "address");
}

/* In words, as everywhere else that people read. */
static void
append_notes (GString   *text,
              JsonArray *nicks)
{
  guint bits = 0;
  g_auto(GStrv) notes = NULL;

  for (guint i = 0; i < json_array_get_length (nicks); i++)
    {
      int note;

      if (mw_enum_from_nick (MW_TYPE_NOTE, json_array_get_string_element (nicks, i), &note))
        bits |= 1u << note;
    }

  notes = mw_advice_dup_notes (bits);
  for (gsize i = 0; notes[i] != NULL; i++)
    append_line (text, INDENT, "note", notes[i]);
}

static void
append_probe (GString    *text,
              JsonObject *probe)
{
  static const char * const apart[] = { "service", "host", "port", "outcome", "notes",
                                             NULL };
  g_autoptr(GList) names = json_object_get_members (probe);
  g_autofree char *server = name_server (probe);

  g_string_append_printf (text, "\n%s: %s\n", server,
                          json_object_get_string_member (probe, "outcome"));
  for (GList *l = names; l != NULL; l = l->next)
    {
      if (!g_strv_contains (apart, l->data))
        append_member (text, INDENT, l->data, json_object_get_member (probe, l->data));
    }
  append_notes (text, json_object_get_array_member (probe, "notes"));
}

static void
append_probes (GString   *text,
               JsonArray *probes)
{
  for (guint i = 0; i < json_array_get_length (probes); i++)
    {
      JsonObject *probe = json_array_get_object_element (probes, i);

      if (was_tried (probe))
        append_probe (text, probe);
    }
}

static void
append_timeline (GString   *text,
                 JsonArray *timeline)
{
  const char *server = "";

  for (guint i = 0; i < json_array_get_length (timeline); i++)
    {
      JsonObject *moment = json_array_get_object_element (timeline, i);
      const char *name = json_object_get_string_member (moment, "server");

      if (strcmp (name, server) != 0)
        g_string_append_printf (text, "\n%s\n", name);
      server = name;
      g_string_append_printf (text, "%6" G_GINT64_FORMAT " ms  %s\n",
                              json_object_get_int_member (moment, "ms"),
                              json_object_get_string_member (moment, "line"));
    }
}

char *
mw_report_text_new (JsonObject *report)
{
  static const char * const later[] = { "program", "incoming", "outgoing", "probes", "sources",
                                        "conflicts", "timeline", NULL };
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GList) names = NULL;

  g_return_val_if_fail (report != NULL, NULL);

  names = json_object_get_members (report);
  g_string_append_printf (text, "%s\n", json_object_get_string_member (report, "program"));
  for (GList *l = names; l != NULL; l = l->next)
    {
      if (!g_strv_contains (later, l->data))
        append_member (text, 0, l->data, json_object_get_member (report, l->data));
    }
  append_side (text, report, "incoming");
  append_side (text, report, "outgoing");

  if (json_array_get_length (json_object_get_array_member (report, "sources")) > 0)
    g_string_append_c (text, '\n');
  append_array (text, 0, "source", json_object_get_array_member (report, "sources"));
  append_array (text, 0, "conflict", json_object_get_array_member (report, "conflicts"));
  append_probes (text, json_object_get_array_member (report, "probes"));
  append_timeline (text, json_object_get_array_member (report, "timeline"));

  return g_string_free (g_steal_pointer (&text), FALSE);
}
