/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-inspection-link.h"

#include "core/mw-error.h"
#include "setup/mw-dclogin.h"

static MwInspectionRefusal
get_refusal (const GError *error)
{
  switch ((MwLinkError) error->code)
    {
    case MW_LINK_ERROR_SECRET:
      return MW_INSPECTION_REFUSAL_SECRET;
    case MW_LINK_ERROR_TOO_LONG:
      return MW_INSPECTION_REFUSAL_TOO_LONG;
    case MW_LINK_ERROR_FRAGMENT:
      return MW_INSPECTION_REFUSAL_FRAGMENT;
    case MW_LINK_ERROR_VERSION:
      return MW_INSPECTION_REFUSAL_VERSION;
    case MW_LINK_ERROR_MUST:
      return MW_INSPECTION_REFUSAL_MUST;
    case MW_LINK_ERROR_TOO_MANY:
      return MW_INSPECTION_REFUSAL_TOO_MANY;
    case MW_LINK_ERROR_DUPLICATE:
      return MW_INSPECTION_REFUSAL_DUPLICATE;
    case MW_LINK_ERROR_BAD_ESCAPE:
      return MW_INSPECTION_REFUSAL_BAD_ESCAPE;
    case MW_LINK_ERROR_NOT_UTF8:
      return MW_INSPECTION_REFUSAL_NOT_UTF8;
    case MW_LINK_ERROR_FORBIDDEN_CHAR:
      return MW_INSPECTION_REFUSAL_FORBIDDEN_CHAR;
    case MW_LINK_ERROR_BAD_ADDRESS:
      return MW_INSPECTION_REFUSAL_BAD_ADDRESS;
    case MW_LINK_ERROR_BAD_SERVER:
      return MW_INSPECTION_REFUSAL_BAD_SERVER;
    case MW_LINK_ERROR_BAD_HOST:
      return MW_INSPECTION_REFUSAL_BAD_HOST;
    case MW_LINK_ERROR_BAD_PORT:
      return MW_INSPECTION_REFUSAL_BAD_PORT;
    case MW_LINK_ERROR_BAD_VALUE:
      return MW_INSPECTION_REFUSAL_BAD_VALUE;
    case MW_LINK_ERROR_INSECURE:
      return MW_INSPECTION_REFUSAL_INSECURE;
    case MW_LINK_ERROR_EMPTY:
      return MW_INSPECTION_REFUSAL_EMPTY;
    case MW_LINK_ERROR_SCHEME:
    case MW_LINK_ERROR_DAMAGED:
    default:
      return MW_INSPECTION_REFUSAL_DAMAGED;
    }
}

/* How to sign in is a matter of what the server offers. */
static void
add_servers (MwInspection *self,
             GPtrArray    *servers,
             const char   *user_name)
{
  const char *user_names[] = { user_name, NULL };

  if (user_name == NULL && self->link->user_is_local_part)
    user_names[0] = self->address != NULL ? mw_address_get_local_part (self->address)
                                          : "%EMAILLOCALPART%";

  for (guint i = 0; i < servers->len; i++)
    g_ptr_array_add (self->candidates,
                     mw_candidate_new (servers->pdata[i], MW_ORIGIN_LINK, MW_GRADE_L,
                                       user_names[0] != NULL ? user_names : NULL,
                                       MW_AUTH_UNKNOWN, self->candidates->len));
}

/* The address of the link, when nobody gave another one; a link for all
 * mailboxes of a domain takes no other domain. */
static void
settle_address (MwInspection *self)
{
  g_autofree char *text = mw_setup_link_get_address (self->link);

  if (self->link->local_part == NULL)
    self->domain = g_strdup (self->link->domain);
  if (self->domain != NULL && self->address != NULL &&
      !g_str_equal (mw_address_get_domain (self->address), self->domain))
    g_clear_pointer (&self->address, mw_address_unref);
  if (self->address == NULL && text != NULL)
    self->address = mw_address_parse (text, NULL);
}

/* Blanks and line ends around a link come from copying. */
static const char *
trim (const char *data,
      gsize      *length)
{
  while (*length > 0 && g_ascii_isspace (*data))
    data++, (*length)--;
  while (*length > 0 && g_ascii_isspace (data[*length - 1]))
    (*length)--;

  return data;
}

/* Nothing of a link is logged but the verdict. */
static void
refuse (MwInspection *self,
        const GError *error)
{
  g_info ("A link was refused: %s", error->message);
  self->refusal = get_refusal (error);
}

void
mw_inspection_read_link (MwInspection *self,
                         const char   *data,
                         gsize         length)
{
  g_autoptr(GError) error = NULL;

  data = trim (data, &length);
  self->link = mw_setup_link_parse (data, length, &error);
  if (self->link == NULL)
    {
      refuse (self, error);
      return;
    }

  settle_address (self);
  self->name = g_strdup (self->link->provider_name);
  self->label = g_strdup (self->link->account_name != NULL ? self->link->account_name
                                                           : self->link->provider_name);
  self->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  add_servers (self, self->link->incoming, self->link->incoming_user);
  add_servers (self, self->link->outgoing, self->link->outgoing_user);
}

void
mw_inspection_read_dclogin (MwInspection *self,
                            const char   *data,
                            gsize         length)
{
  g_autoptr(MwDclogin) link = NULL;
  g_autoptr(GError) error = NULL;

  data = trim (data, &length);
  link = mw_dclogin_parse (data, length, &error);
  if (link == NULL)
    {
      refuse (self, error);
      return;
    }

  self->candidates = g_ptr_array_ref (link->candidates);
  if (self->address == NULL)
    self->address = mw_address_ref (link->address);
  if (link->incoming_password != NULL)
    self->incoming_password = mw_secret_ref (link->incoming_password);
  if (link->outgoing_password != NULL)
    self->outgoing_password = mw_secret_ref (link->outgoing_password);
}
