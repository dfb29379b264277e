// The arguments of processes, from a /proc of the test's own.
#include "host/processes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/host/scratch_home.h"

namespace hfscan {
namespace {

using test::ScratchHome;

std::string with_nul(std::string text) {
  std::replace(text.begin(), text.end(), '|', '\0');
  return text;
}

TEST(Processes, EveryArgumentIsALine) {
  ScratchHome home;
  home.write("/proc/42/cmdline", with_nul("python|-m|x|"));
  HostInventory inventory;
  add_processes(home.view(), inventory);
  ASSERT_EQ(inventory.places.size(), 1U);
  EXPECT_EQ(inventory.places[0].shown, "/proc/42/cmdline");
  EXPECT_EQ(inventory.places[0].content, "python\n-m\nx\n");
}

TEST(Processes, EnvironmentsThreadsOfTheKernelAndOtherFilesAreNoPlaces) {
  ScratchHome home;
  home.write("/proc/1/cmdline", "");
  home.write("/proc/2/environ", with_nul("A=b|"));
  home.write("/proc/self/cmdline", "x");
  home.write("/proc/12a/cmdline", "x");
  HostInventory inventory;
  add_processes(home.view(), inventory);
  EXPECT_TRUE(inventory.places.empty());
  EXPECT_TRUE(inventory.diagnostics.empty());
}

TEST(Processes, NoneToBeSeenIsSaid) {
  ScratchHome home;
  HostInventory inventory;
  add_processes(home.view(), inventory);
  EXPECT_EQ(inventory.notes.size(), 1U);
}

}  // namespace
}  // namespace hfscan
