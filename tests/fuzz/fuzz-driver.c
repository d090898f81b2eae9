/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"

/* Stands in for libFuzzer in the ordinary build: plays the seeds of a folder,
 * then a fixed number of inputs made from them, always the same ones.
 * FUZZ_RUNS and FUZZ_SEED change how many and which. */

#define DEFAULT_RUNS 20000
#define MAX_SIZE 4096

static GByteArray *current;

/* Says which input it was; only calls what a signal handler may call. */
static void
on_abort (int number)
{
  static const char digits[] = "0123456789abcdef";
  static const char title[] = "\ninput that failed, in hexadecimal:\n";
  gssize ignored G_GNUC_UNUSED;

  signal (number, SIG_DFL);
  ignored = write (STDERR_FILENO, title, sizeof title - 1);
  for (guint i = 0; current != NULL && i < current->len; i++)
    {
      char pair[2] = { digits[current->data[i] >> 4], digits[current->data[i] & 15] };

      ignored = write (STDERR_FILENO, pair, sizeof pair);
    }
  ignored = write (STDERR_FILENO, "\n", 1);
  raise (number);
}

static void
run (GByteArray *input)
{
  /* An exact copy, so that a memory checker sees reads past the end. */
  g_autofree guint8 *exact = g_memdup2 (input->data, input->len);

  current = input;
  LLVMFuzzerTestOneInput (exact != NULL ? exact : (const guint8 *) "", input->len);
}

static GPtrArray *
load_seeds (const char *folder)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  g_autoptr(GDir) dir = NULL;
  g_autoptr(GError) error = NULL;
  const char *name;

  dir = g_dir_open (folder, 0, &error);
  if (dir == NULL)
    g_error ("%s", error->message);

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char *data;
      gsize size;

      if (!g_file_get_contents (path, &data, &size, &error))
        g_error ("%s", error->message);
      g_ptr_array_add (seeds, g_byte_array_new_take ((guint8 *) data, size));
    }

  if (seeds->len == 0)
    g_error ("%s: no seeds", folder);

  return seeds;
}

static void
insert (GByteArray   *input,
        guint         position,
        const guint8 *bytes,
        guint         size)
{
  guint tail = input->len - position;

  if (size == 0)
    return;

  g_byte_array_set_size (input, input->len + size);
  memmove (input->data + position + size, input->data + position, tail);
  memcpy (input->data + position, bytes, size);
}

static void
mutate (GRand      *rand,
        GPtrArray  *seeds,
        GByteArray *input)
{
  guint position = input->len > 0 ? g_rand_int_range (rand, 0, input->len) : 0;
  guint size = g_rand_int_range (rand, 1, 17);
  GByteArray *other;
  guint8 byte;

  switch (g_rand_int_range (rand, 0, 7))
    {
    case 0:
      if (input->len > 0)
        input->data[position] ^= 1 << g_rand_int_range (rand, 0, 8);
      break;
    case 1:
      if (input->len > 0)
        input->data[position] = g_rand_int_range (rand, 0, 256);
      break;
    case 2:
      byte = g_rand_int_range (rand, 0, 256);
      insert (input, position, &byte, 1);
      break;
    case 3:
      byte = "\r\n\0 {}[]*+-.=\"\\0123456789"[g_rand_int_range (rand, 0, 25)];
      insert (input, position, &byte, 1);
      break;
    case 4:
      g_byte_array_remove_range (input, position, MIN (size, input->len - position));
      break;
    case 5:
      size = MIN (size, input->len - position);
      {
        g_autofree guint8 *copy = g_memdup2 (input->data + position, size);

        insert (input, position, copy, size);
      }
      break;
    case 6:
    default:
      other = g_ptr_array_index (seeds, g_rand_int_range (rand, 0, seeds->len));
      if (other->len > 0)
        {
          guint start = g_rand_int_range (rand, 0, other->len);

          insert (input, position, other->data + start, MIN (size * 4, other->len - start));
        }
      break;
    }

  if (input->len > MAX_SIZE)
    g_byte_array_set_size (input, MAX_SIZE);
}

static guint
get_number (const char *name,
            guint       otherwise)
{
  const char *value = g_getenv (name);

  return value != NULL ? strtoul (value, NULL, 10) : otherwise;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GPtrArray) seeds = NULL;
  g_autoptr(GRand) rand = NULL;
  guint runs = get_number ("FUZZ_RUNS", DEFAULT_RUNS);

  if (argc != 2)
    g_error ("usage: %s FOLDER", argv[0]);

  signal (SIGABRT, on_abort);
  signal (SIGSEGV, on_abort);
  signal (SIGTRAP, on_abort);

  seeds = load_seeds (argv[1]);
  for (guint i = 0; i < seeds->len; i++)
    run (g_ptr_array_index (seeds, i));

  rand = g_rand_new_with_seed (get_number ("FUZZ_SEED", 1));
  for (guint i = 0; i < runs; i++)
    {
      GByteArray *seed = g_ptr_array_index (seeds, g_rand_int_range (rand, 0, seeds->len));
      g_autoptr(GByteArray) input = g_byte_array_new ();

      g_byte_array_append (input, seed->data, seed->len);
      for (int count = g_rand_int_range (rand, 1, 9); count > 0; count--)
        mutate (rand, seeds, input);
      run (input);
    }
  current = NULL;

  g_print ("%u seeds, %u inputs made from them\n", seeds->len, runs);

  return 0;
}
