/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-account-item.h"

#include <string.h>

#include "core/mw-address.h"

struct _MwAccountItem
{
  GObject    parent_instance;

  /* Owned */
  MwProfile *profile;
  char      *waiting_for;
  char      *sort_key;
  char      *haystack;     /* made when first searched */
};

G_DEFINE_FINAL_TYPE (MwAccountItem, mw_account_item, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
choose_name (MwProfile *profile)
{
  return profile->label != NULL && *profile->label != '\0' ? profile->label : profile->address;
}

/* Without capitals and accents. */
static char *
fold (const char *text)
{
  g_autofree char *whole = g_utf8_make_valid (text, -1);
  g_autofree char *small = g_utf8_casefold (whole, -1);
  g_autofree char *apart = g_utf8_normalize (small, -1, G_NORMALIZE_ALL);
  GString *plain = g_string_sized_new (strlen (apart));

  for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      /* The one Polish letter that Unicode does not take apart. */
      if (letter == 0x142)
        letter = 'l';
      if (!g_unichar_ismark (letter))
        g_string_append_unichar (plain, letter);
    }

  return g_string_free (plain, FALSE);
}

static const char *
get_haystack (MwAccountItem *self)
{
  MwProfile *profile = self->profile;
  g_autoptr(MwAddress) address = NULL;
  g_autofree char *text = NULL;

  if (self->haystack != NULL)
    return self->haystack;

  address = mw_address_parse (profile->address, NULL);
  text = g_strjoin ("\n", choose_name (profile), profile->address,
                    address != NULL ? mw_address_get_display (address) : "",
                    profile->description != NULL ? profile->description : "", NULL);
  self->haystack = fold (text);
  return self->haystack;
}

static void
take_profile (MwAccountItem *self,
              MwProfile     *profile)
{
  g_autofree char *name = g_utf8_make_valid (choose_name (profile), -1);
  g_autofree char *small = g_utf8_casefold (name, -1);

  mw_profile_ref (profile);
  g_clear_pointer (&self->profile, mw_profile_unref);
  self->profile = profile;
  g_clear_pointer (&self->haystack, g_free);
  g_free (self->sort_key);
  /* Some languages put all capitals first. */
  self->sort_key = g_utf8_collate_key (small, -1);
}

static void
mw_account_item_finalize (GObject *object)
{
  MwAccountItem *self = MW_ACCOUNT_ITEM (object);

  g_clear_pointer (&self->profile, mw_profile_unref);
  g_free (self->waiting_for);
  g_free (self->sort_key);
  g_free (self->haystack);

  G_OBJECT_CLASS (mw_account_item_parent_class)->finalize (object);
}

static void
mw_account_item_class_init (MwAccountItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_account_item_finalize;

  /**
   * MwAccountItem::changed:
   *
   * Something of what is shown is another than before.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mw_account_item_init (MwAccountItem *self)
{
}

MwAccountItem *
mw_account_item_new (MwProfile *profile)
{
  MwAccountItem *self;

  g_return_val_if_fail (profile != NULL, NULL);

  self = g_object_new (MW_TYPE_ACCOUNT_ITEM, NULL);
  take_profile (self, profile);
  return self;
}

gboolean
mw_account_item_set_profile (MwAccountItem *self,
                             MwProfile     *profile)
{
  g_autoptr(MwProfile) former = NULL;

  g_return_val_if_fail (MW_IS_ACCOUNT_ITEM (self), FALSE);
  g_return_val_if_fail (profile != NULL, FALSE);

  if (profile == self->profile || mw_profile_equal (profile, self->profile))
    return FALSE;

  former = mw_profile_ref (self->profile);
  take_profile (self, profile);
  mw_account_item_tell_changed (self);

  return former->is_default != profile->is_default ||
         g_strcmp0 (former->label, profile->label) != 0 ||
         g_strcmp0 (former->address, profile->address) != 0 ||
         g_strcmp0 (former->description, profile->description) != 0;
}

MwProfile *
mw_account_item_get_profile (MwAccountItem *self)
{
  g_return_val_if_fail (MW_IS_ACCOUNT_ITEM (self), NULL);

  return self->profile;
}

const char *
mw_account_item_get_id (MwAccountItem *self)
{
  g_return_val_if_fail (MW_IS_ACCOUNT_ITEM (self), NULL);

  return self->profile->id;
}

const char *
mw_account_item_get_name (MwAccountItem *self)
{
  g_return_val_if_fail (MW_IS_ACCOUNT_ITEM (self), NULL);

  return choose_name (self->profile);
}

/* The first letter or digit, made a capital; 0 when there is none. */
static gunichar
find_initial (const char *word)
{
  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      return g_unichar_totitle (g_utf8_get_char (p));

  return 0;
}

char *
mw_account_item_dup_initials (MwAccountItem *self)
{
  g_autofree char *name = NULL;
  g_auto(GStrv) words = NULL;
  gunichar first = 0, last = 0;
  GString *initials = g_string_new (NULL);

  g_return_val_if_fail (MW_IS_ACCOUNT_ITEM (self), NULL);

  name = g_utf8_make_valid (choose_name (self->profile), -1);
  words = g_strsplit_set (name, " \t\n", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      gunichar initial = find_initial (words[i]);

      if (first == 0)
        first = initial;
      else if (initial != 0)
        last = initial;
    }

  if (first == 0)
    first = find_initial (self->profile->address);
  if (first != 0)
    g_string_append_unichar (initials, first);
  if (last != 0)
    g_string_append_unichar (initials, last);
  return g_string_free (initials, FALSE);
}

void
mw_account_item_set_waiting_for (MwAccountItem *self,
                                 const char    *program)
{
  g_return_if_fail (MW_IS_ACCOUNT_ITEM (self));

  if (g_strcmp0 (program, self->waiting_for) == 0)
    return;

  g_free (self->waiting_for);
  self->waiting_for = g_strdup (program);
  mw_account_item_tell_changed (self);
}

const char *
mw_account_item_get_waiting_for (MwAccountItem *self)
{
  g_return_val_if_fail (MW_IS_ACCOUNT_ITEM (self), NULL);

  return self->waiting_for;
}

void
mw_account_item_tell_changed (MwAccountItem *self)
{
  g_return_if_fail (MW_IS_ACCOUNT_ITEM (self));

  g_signal_emit (self, signals[CHANGED], 0);
}

int
mw_account_item_compare (gconstpointer a,
                         gconstpointer b)
{
  const MwAccountItem *first = a;
  const MwAccountItem *second = b;
  int order;

  if (first->profile->is_default != second->profile->is_default)
    return first->profile->is_default ? -1 : 1;

  order = strcmp (first->sort_key, second->sort_key);
  return order != 0 ? order : strcmp (first->profile->id, second->profile->id);
}

char **
mw_account_item_make_words (const char *text)
{
  g_autofree char *plain = NULL;
  g_auto(GStrv) parts = NULL;
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();

  g_return_val_if_fail (text != NULL, NULL);

  plain = fold (text);
  parts = g_strsplit_set (plain, " \t\r\n", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (words, parts[i]);

  return g_strv_builder_end (words);
}

gboolean
mw_account_item_matches (MwAccountItem      *self,
                         const char * const *words)
{
  g_return_val_if_fail (MW_IS_ACCOUNT_ITEM (self), FALSE);
  g_return_val_if_fail (words != NULL, FALSE);

  for (gsize i = 0; words[i] != NULL; i++)
    if (strstr (get_haystack (self), words[i]) == NULL)
      return FALSE;

  return TRUE;
}
