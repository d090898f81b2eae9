/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "fake-network-monitor.h"
#include "net/mw-network-state.h"

static MwLocalNetwork *
new_local (const char *resolv_conf)
{
  MwLocalNetwork *local = mw_local_network_new ("192.168.7.20 nas.home.test\n", resolv_conf);
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string ("192.168.7.1");

  mw_local_network_add_subnet (local, address, 24);
  return local;
}

static void
test_conditions (void)
{
  static const struct {
    gboolean             available;
    GNetworkConnectivity connectivity;
    MwNetworkCondition   condition;
  } rows[] = {
    { FALSE, G_NETWORK_CONNECTIVITY_LOCAL, MW_NETWORK_CONDITION_OFFLINE },
    { FALSE, G_NETWORK_CONNECTIVITY_FULL, MW_NETWORK_CONDITION_OFFLINE },
    { TRUE, G_NETWORK_CONNECTIVITY_LOCAL, MW_NETWORK_CONDITION_ONLINE },
    { TRUE, G_NETWORK_CONNECTIVITY_LIMITED, MW_NETWORK_CONDITION_LIMITED },
    { TRUE, G_NETWORK_CONNECTIVITY_PORTAL, MW_NETWORK_CONDITION_PORTAL },
    { TRUE, G_NETWORK_CONNECTIVITY_FULL, MW_NETWORK_CONDITION_ONLINE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GNetworkMonitor) monitor = mw_fake_network_monitor_new (rows[i].available,
                                                                        rows[i].connectivity);
      g_autoptr(MwNetworkState) state = mw_network_state_new (monitor, NULL);

      g_assert_true (mw_network_state_is_prepared (state));
      g_assert_cmpint (mw_network_state_get_condition (state), ==, rows[i].condition);
    }
}

typedef struct {
  const char *host;
  gboolean    offline; /* held back then */
  gboolean    portal;
} Row;

static void
test_holds_back (void)
{
  static const Row rows[] = {
    { "127.0.0.1", FALSE, FALSE },
    { "192.168.7.5", FALSE, FALSE },
    { "192.168.8.5", TRUE, TRUE },
    { "nas.home.test", FALSE, FALSE },
    { "imap.home.test", FALSE, TRUE },
    { "imap.example.test", FALSE, TRUE },
  };
  g_autoptr(MwLocalNetwork) local = new_local ("nameserver 192.168.7.1\n");
  g_autoptr(MwLocalNetwork) deaf = new_local (NULL);
  g_autoptr(GNetworkMonitor) monitor = mw_fake_network_monitor_new (
    FALSE, G_NETWORK_CONNECTIVITY_LOCAL);
  g_autoptr(MwNetworkState) state = mw_network_state_new (monitor, local);
  g_autoptr(MwNetworkState) without = mw_network_state_new (monitor, deaf);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].host);
      mw_fake_network_monitor_set (monitor, FALSE, G_NETWORK_CONNECTIVITY_LOCAL);
      g_assert_cmpint (mw_network_state_holds_back (state, rows[i].host), ==, rows[i].offline);
      mw_fake_network_monitor_set (monitor, TRUE, G_NETWORK_CONNECTIVITY_PORTAL);
      g_assert_cmpint (mw_network_state_holds_back (state, rows[i].host), ==, rows[i].portal);
      mw_fake_network_monitor_set (monitor, TRUE, G_NETWORK_CONNECTIVITY_LIMITED);
      g_assert_false (mw_network_state_holds_back (state, rows[i].host));
      mw_fake_network_monitor_set (monitor, TRUE, G_NETWORK_CONNECTIVITY_FULL);
      g_assert_false (mw_network_state_holds_back (state, rows[i].host));
      g_assert_false (mw_network_state_holds_back_domain (state, rows[i].host));
    }

  mw_fake_network_monitor_set (monitor, FALSE, G_NETWORK_CONNECTIVITY_LOCAL);
  g_assert_true (mw_network_state_holds_back (without, "imap.example.test"));
  g_assert_true (mw_network_state_holds_back_domain (without, "example.test"));
  g_assert_true (mw_network_state_holds_back_domain (without, NULL));
  g_assert_false (mw_network_state_holds_back_domain (without, "home.test"));
  g_assert_false (mw_network_state_holds_back_domain (state, "example.test"));
  g_assert_false (mw_network_state_holds_back_domain (state, NULL));

  mw_fake_network_monitor_set (monitor, TRUE, G_NETWORK_CONNECTIVITY_PORTAL);
  g_assert_true (mw_network_state_holds_back_domain (state, "example.test"));
  g_assert_true (mw_network_state_holds_back_domain (state, NULL));
  g_assert_false (mw_network_state_holds_back_domain (state, "home.test"));
}

static void
count_cb (guint *count)
{
  *count += 1;
}

static void
test_changed (void)
{
  g_autoptr(GNetworkMonitor) monitor = mw_fake_network_monitor_new (
    TRUE, G_NETWORK_CONNECTIVITY_FULL);
  MwNetworkState *state = mw_network_state_new (monitor, NULL);
  guint count = 0;

  g_signal_connect_swapped (state, "changed", G_CALLBACK (count_cb), &count);
  mw_fake_network_monitor_set (monitor, FALSE, G_NETWORK_CONNECTIVITY_LOCAL);
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpint (mw_network_state_get_condition (state), ==, MW_NETWORK_CONDITION_OFFLINE);
  mw_fake_network_monitor_set (monitor, TRUE, G_NETWORK_CONNECTIVITY_FULL);
  g_assert_cmpuint (count, ==, 2);
  g_assert_cmpint (mw_network_state_get_condition (state), ==, MW_NETWORK_CONDITION_ONLINE);

  /* Nobody is told any more. */
  g_assert_finalize_object (state);
  mw_fake_network_monitor_set (monitor, FALSE, G_NETWORK_CONNECTIVITY_LOCAL);
  g_assert_cmpuint (count, ==, 2);
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static gboolean
prepare (MwNetworkState *state)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gboolean known;

  mw_network_state_prepare_async (state, keep_cb, &result);
  g_assert_null (result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  known = mw_network_state_prepare_finish (state, result, &error);
  g_assert_no_error (error);
  return known;
}

/* The real thing; the environment says which of GIO's it is. */
static void
test_prepare (void)
{
  g_autoptr(MwNetworkState) state = mw_network_state_new (NULL, NULL);
  guint count = 0;

  g_signal_connect_swapped (state, "changed", G_CALLBACK (count_cb), &count);
  g_assert_false (mw_network_state_is_prepared (state));
  g_assert_cmpint (mw_network_state_get_condition (state), ==, MW_NETWORK_CONDITION_ONLINE);
  g_assert_true (prepare (state));
  g_assert_true (mw_network_state_is_prepared (state));
  g_assert_true (prepare (state));
  while (count == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (mw_network_state_get_condition (state), ==, MW_NETWORK_CONDITION_ONLINE);
}

/* The thread that looks for the monitor never is the last to hold the state:
 * what it is made of belongs to the main loop. */
static void
test_released (void)
{
  for (guint i = 0; i < 300; i++)
    {
      MwNetworkState *state = mw_network_state_new (NULL, NULL);

      g_assert_true (prepare (state));
      g_assert_finalize_object (G_OBJECT (state));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("GIO_USE_NETWORK_MONITOR", "base", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network-state/conditions", test_conditions);
  g_test_add_func ("/network-state/holds-back", test_holds_back);
  g_test_add_func ("/network-state/changed", test_changed);
  g_test_add_func ("/network-state/prepare", test_prepare);
  g_test_add_func ("/network-state/released", test_released);
  return g_test_run ();
}
