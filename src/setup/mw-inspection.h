/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-address.h"
#include "core/mw-candidate.h"
#include "core/mw-secret.h"
#include "setup/mw-setup-link.h"

G_BEGIN_DECLS

/**
 * MwInspectionKind:
 * @MW_INSPECTION_KIND_UNKNOWN: nothing that Mailwright reads
 * @MW_INSPECTION_KIND_AUTOCONFIG: a settings document (autoconfig XML)
 * @MW_INSPECTION_KIND_PACC: a settings document (PACC JSON); its digest is not
 *   looked at
 * @MW_INSPECTION_KIND_MOBILECONFIG: a configuration profile for Apple's
 *   systems, signed or not
 * @MW_INSPECTION_KIND_LINK: a `mailto-setup:` link
 * @MW_INSPECTION_KIND_DCLOGIN: a `dclogin:` link of Delta Chat
 * @MW_INSPECTION_KIND_THUNDERBIRD_PROFILE: the folder of a Thunderbird profile,
 *   or of all of them; never of an MwInspection
 * @MW_INSPECTION_KIND_EVOLUTION: the folder with Evolution's accounts; likewise
 *
 * What settings can come in. The nicks are the `kind` words of the command
 * line.
 */
typedef enum {
  MW_INSPECTION_KIND_UNKNOWN,
  MW_INSPECTION_KIND_AUTOCONFIG,
  MW_INSPECTION_KIND_PACC,
  MW_INSPECTION_KIND_MOBILECONFIG,
  MW_INSPECTION_KIND_LINK,
  MW_INSPECTION_KIND_DCLOGIN,
  MW_INSPECTION_KIND_THUNDERBIRD_PROFILE,
  MW_INSPECTION_KIND_EVOLUTION,
} MwInspectionKind;

/**
 * MwInspectionRefusal:
 * @MW_INSPECTION_REFUSAL_NONE: nothing was refused
 * @MW_INSPECTION_REFUSAL_EMPTY: there is nothing in it
 * @MW_INSPECTION_REFUSAL_UNKNOWN: its kind is not known
 * @MW_INSPECTION_REFUSAL_TOO_LONG: no real one is that long
 * @MW_INSPECTION_REFUSAL_TOO_DEEP: its elements are nested too deep
 * @MW_INSPECTION_REFUSAL_BAD_ENCODING: its bytes are no text
 * @MW_INSPECTION_REFUSAL_DAMAGED: its form is broken
 * @MW_INSPECTION_REFUSAL_NO_SERVER: no server in it can be used
 * @MW_INSPECTION_REFUSAL_ENCRYPTED: only one device can read it
 * @MW_INSPECTION_REFUSAL_BINARY: a property list in its binary form
 * @MW_INSPECTION_REFUSAL_SECRET: this and the following: see [error@Mw.LinkError]
 *
 * Why settings are refused. The nicks are the `code` words of the command
 * line.
 */
typedef enum {
  MW_INSPECTION_REFUSAL_NONE,
  MW_INSPECTION_REFUSAL_EMPTY,
  MW_INSPECTION_REFUSAL_UNKNOWN,
  MW_INSPECTION_REFUSAL_TOO_LONG,
  MW_INSPECTION_REFUSAL_TOO_DEEP,
  MW_INSPECTION_REFUSAL_BAD_ENCODING,
  MW_INSPECTION_REFUSAL_DAMAGED,
  MW_INSPECTION_REFUSAL_NO_SERVER,
  MW_INSPECTION_REFUSAL_ENCRYPTED,
  MW_INSPECTION_REFUSAL_BINARY,
  MW_INSPECTION_REFUSAL_SECRET,
  MW_INSPECTION_REFUSAL_FRAGMENT,
  MW_INSPECTION_REFUSAL_VERSION,
  MW_INSPECTION_REFUSAL_MUST,
  MW_INSPECTION_REFUSAL_TOO_MANY,
  MW_INSPECTION_REFUSAL_DUPLICATE,
  MW_INSPECTION_REFUSAL_BAD_ESCAPE,
  MW_INSPECTION_REFUSAL_NOT_UTF8,
  MW_INSPECTION_REFUSAL_FORBIDDEN_CHAR,
  MW_INSPECTION_REFUSAL_BAD_ADDRESS,
  MW_INSPECTION_REFUSAL_BAD_SERVER,
  MW_INSPECTION_REFUSAL_BAD_HOST,
  MW_INSPECTION_REFUSAL_BAD_PORT,
  MW_INSPECTION_REFUSAL_BAD_VALUE,
  MW_INSPECTION_REFUSAL_INSECURE,
} MwInspectionRefusal;

#define MW_TYPE_INSPECTION_KIND (mw_inspection_kind_get_type ())
#define MW_TYPE_INSPECTION_REFUSAL (mw_inspection_refusal_get_type ())

GType mw_inspection_kind_get_type    (void) G_GNUC_CONST;
GType mw_inspection_refusal_get_type (void) G_GNUC_CONST;

/**
 * MW_INSPECTION_MAX_SIZE:
 *
 * More than this, in bytes, is never looked at; some kinds have a limit of
 * their own below it.
 */
#define MW_INSPECTION_MAX_SIZE (1024 * 1024)

/**
 * MwInspection:
 * @kind: what it is, by its content
 * @refusal: why it is not used
 * @address: (nullable): whose settings were wanted, or are in it
 * @candidates: (element-type MwCandidate): its servers, in its order
 * @skipped: (element-type utf8): why servers were left out, developer text
 * @name: (nullable): what the provider calls itself
 * @label: (nullable): what the account may be called
 * @provider: (nullable): what else is said
 * @incoming_password: (nullable): what signs in to the incoming server
 * @outgoing_password: (nullable): what signs in to the outgoing server
 * @link: (nullable): all that a link says, unless it is refused
 * @domain: (nullable): the only domain that @address can have, in a link for
 *   all mailboxes of one
 *
 * What settings from outside say: a file, or something pasted. Reading them
 * touches neither network nor keyring. Their servers have grade L.
 */
typedef struct {
  MwInspectionKind     kind;
  MwInspectionRefusal  refusal;
  MwAddress           *address;
  GPtrArray           *candidates;
  GPtrArray           *skipped;
  char                *name;
  char                *label;
  MwProvider          *provider;
  MwSecret            *incoming_password;
  MwSecret            *outgoing_password;
  MwSetupLink         *link;
  char                *domain;
} MwInspection;

/**
 * mw_inspection_new:
 * @content: all of it, or more than %MW_INSPECTION_MAX_SIZE bytes of it
 * @address: (nullable): whose settings are wanted; %NULL leaves the places for
 *   an address in them as they are
 *
 * Finds out what @content is and reads it. An address that a link does not
 * allow is left out.
 *
 * Returns: (transfer full): what it says, or why it is refused
 */
MwInspection *mw_inspection_new  (GBytes       *content,
                                  MwAddress    *address);
void          mw_inspection_free (MwInspection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwInspection, mw_inspection_free)

G_END_DECLS
