/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paged arrays: snapshots share what was not written, going back copies only what differs, nothing is kept for nobody. */

#include "memory/mem-array.h"

#include <string.h>

#define N_PAGES 1500 /* more than two chunks of 512 */
#define PAGE 4096

static MemArray *
make_array (void)
{
  static const guint plane_page[] = { PAGE, PAGE / 2 };

  return mem_array_new (2, plane_page, N_PAGES);
}

static void
write_byte (MemArray *array, gsize page, guint8 value)
{
  array->planes[0][page * PAGE + 17] = value;
  array->planes[1][page * PAGE / 2 + 5] = value;
  mem_array_mark (array, page * PAGE + 17);
}

static void
assert_byte (MemArray *array, gsize page, guint8 value)
{
  g_assert_cmpuint (array->planes[0][page * PAGE + 17], ==, value);
  g_assert_cmpuint (array->planes[1][page * PAGE / 2 + 5], ==, value);
}

static void
test_share (void)
{
  g_autoptr (MemArray) array = make_array ();
  MemSnapshot *a, *b, *c;
  gsize n_different;

  write_byte (array, 0, 1);
  write_byte (array, 700, 2);
  write_byte (array, 1499, 3);
  a = mem_array_snapshot (array);
  g_assert_cmpuint (array->n_pages_copied, ==, 3);
  b = mem_array_snapshot (array);
  g_assert_cmpuint (array->n_pages_copied, ==, 3);
  g_assert_cmpuint (mem_snapshot_count_shared (a, b, &n_different), ==, 3);
  g_assert_cmpuint (n_different, ==, 0);
  write_byte (array, 700, 20);
  write_byte (array, 5, 5);
  c = mem_array_snapshot (array);
  g_assert_cmpuint (array->n_pages_copied, ==, 5);
  g_assert_cmpuint (mem_snapshot_count_shared (a, c, &n_different), ==, 2);
  g_assert_cmpuint (n_different, ==, 2);
  g_assert_cmpuint (array->n_kept, ==, 5);
  mem_array_drop_snapshot (array, a);
  g_assert_cmpuint (array->n_kept, ==, 5); /* b holds them all */
  mem_array_drop_snapshot (array, b);
  g_assert_cmpuint (array->n_kept, ==, 4); /* the old page 700 is gone */
  mem_array_drop_snapshot (array, c);
}

/* A page that was written with what it held before is still the same page. */
static void
test_same_values (void)
{
  g_autoptr (MemArray) array = make_array ();
  MemSnapshot *a, *b;
  gsize n_different;

  write_byte (array, 3, 7);
  a = mem_array_snapshot (array);
  write_byte (array, 3, 8);
  write_byte (array, 3, 7);
  b = mem_array_snapshot (array);
  g_assert_cmpuint (mem_snapshot_count_shared (a, b, &n_different), ==, 1);
  g_assert_cmpuint (n_different, ==, 0);
  mem_array_drop_snapshot (array, a);
  mem_array_drop_snapshot (array, b);
}

static void
test_restore (void)
{
  g_autoptr (MemArray) array = make_array ();
  MemSnapshot *empty = mem_array_snapshot (array), *a, *b;
  guint64 hash_empty = mem_array_hash (array, 1), hash_a, hash_b, n_restored;

  write_byte (array, 10, 1);
  write_byte (array, 1000, 2);
  hash_a = mem_array_hash (array, 1);
  a = mem_array_snapshot (array);
  write_byte (array, 10, 9);
  write_byte (array, 11, 9);
  hash_b = mem_array_hash (array, 1);
  b = mem_array_snapshot (array);
  g_assert_cmpuint (hash_a, !=, hash_empty);
  g_assert_cmpuint (hash_a, !=, hash_b);

  write_byte (array, 12, 50); /* in no snapshot */
  n_restored = array->n_pages_restored;
  mem_array_restore (array, a);
  g_assert_cmpuint (array->n_pages_restored - n_restored, ==, 3); /* 10, 11, 12 */
  assert_byte (array, 10, 1);
  assert_byte (array, 11, 0);
  assert_byte (array, 12, 0);
  assert_byte (array, 1000, 2);
  g_assert_cmpuint (mem_array_hash (array, 1), ==, hash_a);

  mem_array_restore (array, b);
  assert_byte (array, 10, 9);
  assert_byte (array, 11, 9);
  g_assert_cmpuint (mem_array_hash (array, 1), ==, hash_b);
  mem_array_restore (array, empty);
  g_assert_cmpuint (mem_array_hash (array, 1), ==, hash_empty);

  /* Going where one is copies nothing. */
  n_restored = array->n_pages_restored;
  mem_array_restore (array, empty);
  g_assert_cmpuint (array->n_pages_restored, ==, n_restored);
  mem_array_drop_snapshot (array, empty);
  mem_array_drop_snapshot (array, a);
  mem_array_drop_snapshot (array, b);
}

/* Equal contents have equal hashes, however they came about; the place of a byte counts. */
static void
test_hash (void)
{
  g_autoptr (MemArray) a = make_array ();
  g_autoptr (MemArray) b = make_array ();

  write_byte (a, 3, 1);
  write_byte (b, 3, 2);
  write_byte (b, 4, 1);
  g_assert_cmpuint (mem_array_hash (a, 1), !=, mem_array_hash (b, 1));
  mem_array_drop_snapshot (b, mem_array_snapshot (b));
  write_byte (b, 3, 1);
  write_byte (b, 4, 0);
  g_assert_cmpuint (mem_array_hash (a, 1), ==, mem_array_hash (b, 1));
  g_assert_cmpuint (mem_array_hash (a, 1), !=, mem_array_hash (a, 2));
  write_byte (b, 3, 0);
  write_byte (b, 5, 1);
  g_assert_cmpuint (mem_array_hash (a, 1), !=, mem_array_hash (b, 1));
}

/* 400 snapshots of random writes, dropped and visited out of order, against plain copies. */
static void
test_random (void)
{
  enum
  {
    N = 24,
    USED = 40
  };
  g_autoptr (MemArray) array = make_array ();
  MemSnapshot *snapshots[N] = { NULL };
  guint8 copies[N][USED], now[USED] = { 0 };

  for (guint round = 0; round < 4000; round++)
    {
      guint i = g_test_rand_int_range (0, N), page = g_test_rand_int_range (0, USED);

      switch (g_test_rand_int_range (0, 4))
        {
        case 0:
          if (snapshots[i] != NULL)
            mem_array_drop_snapshot (array, snapshots[i]);
          snapshots[i] = mem_array_snapshot (array);
          memcpy (copies[i], now, USED);
          break;
        case 1:
          if (snapshots[i] != NULL)
            {
              mem_array_restore (array, snapshots[i]);
              memcpy (now, copies[i], USED);
            }
          break;
        default:
          now[page] = g_test_rand_int_range (0, 4);
          write_byte (array, page * 37, now[page]);
          break;
        }
      for (guint j = 0; j < USED; j++)
        assert_byte (array, j * 37, now[j]);
    }
  for (guint i = 0; i < N; i++)
    if (snapshots[i] != NULL)
      mem_array_drop_snapshot (array, snapshots[i]);
}

static void
test_mark_range (void)
{
  g_autoptr (MemArray) array = make_array ();

  mem_array_mark_range (array, 2 * PAGE - 1, 2);
  mem_array_mark_range (array, 8 * PAGE, PAGE);
  mem_array_mark_range (array, 12 * PAGE, 0);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpuint (array->dirty[i], ==, i == 1 || i == 2 || i == 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mem-array/share", test_share);
  g_test_add_func ("/mem-array/same-values", test_same_values);
  g_test_add_func ("/mem-array/restore", test_restore);
  g_test_add_func ("/mem-array/hash", test_hash);
  g_test_add_func ("/mem-array/random", test_random);
  g_test_add_func ("/mem-array/mark-range", test_mark_range);
  return g_test_run ();
}
