/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/hw-transport.h"
#include "widgets/hw-window.h"

static void
test_finalize (void)
{
  HwTransport *transport = HW_TRANSPORT (g_object_ref_sink (hw_transport_new ()));

  hw_transport_set_moment (transport, NULL);
  hw_transport_set_marks (transport, NULL);
  hw_transport_set_running (transport, TRUE);
  hw_transport_set_running (transport, FALSE);
  g_assert_finalize_object (transport);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  hw_widgets_init ();
  g_test_add_func ("/widgets/transport/finalize", test_finalize);
  return g_test_run ();
}
