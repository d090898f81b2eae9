/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "discovery/mw-http-fetch.h"
#include "discovery/mw-source.h"

G_BEGIN_DECLS

#define MW_TYPE_AUTOCONFIG_SEARCH (mw_autoconfig_search_get_type ())

/**
 * MwAutoconfigSearch:
 *
 * Asks several web addresses at once for a settings document; of those that
 * name servers the one that was added first wins. For one search only.
 */
G_DECLARE_FINAL_TYPE (MwAutoconfigSearch, mw_autoconfig_search, MW, AUTOCONFIG_SEARCH, GObject)

/**
 * MwAutoconfigTell:
 * @MW_AUTOCONFIG_TELL_NOTHING: the address is nobody's business there
 * @MW_AUTOCONFIG_TELL_IF_NEEDED: it is told to who answers 400 without it
 * @MW_AUTOCONFIG_TELL_FIRST: it is told, and left out for who answers 4xx
 *
 * Whether the e-mail address goes along with a question.
 */
typedef enum {
  MW_AUTOCONFIG_TELL_NOTHING,
  MW_AUTOCONFIG_TELL_IF_NEEDED,
  MW_AUTOCONFIG_TELL_FIRST,
} MwAutoconfigTell;

/**
 * mw_autoconfig_search_new:
 * @source: for whom; emits `found` for what is known before the search is over
 * @resolver: names are looked up here
 * @fetch: what gets the documents
 * @address: whose servers are wanted
 *
 * Returns: (transfer full): a search without places
 */
MwAutoconfigSearch *mw_autoconfig_search_new           (MwSource             *source,
                                                        MwResolver           *resolver,
                                                        MwHttpFetch          *fetch,
                                                        MwAddress            *address);

/**
 * mw_autoconfig_search_add:
 * @scheme: `https`, or `http` where that is allowed
 * @host: a normalised name
 * @path: without the first slash
 * @tell: whether the address goes along
 *
 * Adds one more place, which counts less than those before.
 */
void                mw_autoconfig_search_add           (MwAutoconfigSearch   *self,
                                                        const char           *scheme,
                                                        const char           *host,
                                                        const char           *path,
                                                        MwAutoconfigTell      tell);

/**
 * mw_autoconfig_search_add_above:
 * @host: a normalised name, of a domain above the address's
 * @path: without the first slash
 *
 * Adds a place whose document counts only where it names the e-mail domain,
 * and then with grade D. The address does not go along.
 */
void                mw_autoconfig_search_add_above     (MwAutoconfigSearch   *self,
                                                        const char           *host,
                                                        const char           *path);

/**
 * mw_autoconfig_search_run_async:
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called with the candidates
 * @user_data: for @callback
 *
 * Asks all places.
 */
void                mw_autoconfig_search_run_async     (MwAutoconfigSearch   *self,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);

/**
 * mw_autoconfig_search_run_finish:
 * @error: return location for a %MW_PROBE_ERROR or cancelled
 *
 * Returns: (transfer full) (element-type MwCandidate): what was found, empty
 *   when all places answered and none names a server; %NULL when one of them
 *   could not be asked
 */
GPtrArray          *mw_autoconfig_search_run_finish    (MwAutoconfigSearch   *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);

/**
 * mw_autoconfig_search_dup_detail:
 *
 * Returns: (transfer full) (nullable): what each place said, developer text
 */
char               *mw_autoconfig_search_dup_detail    (MwAutoconfigSearch   *self);

/**
 * mw_autoconfig_search_is_absent:
 *
 * Whether every place of the domain itself said clearly that it has no
 * settings: its host does not
 * exist, or it answered 404 or 410, or with a web page. A refused connection,
 * a TLS error or silence says nothing.
 *
 * Returns: whether that is so
 */
gboolean            mw_autoconfig_search_is_absent     (MwAutoconfigSearch   *self);

G_END_DECLS
