// Every fuzz target over its seeds and mutations of them, in every preset: what libFuzzer does for hours, in seconds and always
// the same. A broken promise ends the program and names itself.
#include "seeds.h"

#include <gtest/gtest.h>

#include <string>

namespace hfscan::fuzz {
namespace {

// Looking at a whole file with all rules costs as much as all readers together.
std::size_t mutations_of(const Target& target) { return target.languages.empty() ? 3 : 20; }

class FuzzTargets : public testing::TestWithParam<Target> {};

TEST_P(FuzzTargets, KeepTheirPromisesOverSeedsAndTheirMutations) {
  const Target& target = GetParam();
  const std::vector<std::string> seeds = seeds_of(target, 2000);
  ASSERT_GT(seeds.size(), 50U);
  test::RandomText random(7);
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    target.run(seeds[i]);
    for (std::size_t round = 0; round < mutations_of(target); ++round) target.run(mutated(seeds[i], random));
  }
}

TEST_P(FuzzTargets, TakeAnEmptyInputAndOneByte) {
  GetParam().run("");
  for (int byte = 0; byte < 256; ++byte) GetParam().run(std::string(1, static_cast<char>(byte)));
}

std::string name_of(const testing::TestParamInfo<Target>& info) { return std::string(info.param.name); }

INSTANTIATE_TEST_SUITE_P(All, FuzzTargets, testing::ValuesIn(targets()), name_of);

TEST(FuzzSeeds, AreTheSameEveryTime) {
  const Target& first = targets().front();
  EXPECT_EQ(seeds_of(first, 100), seeds_of(first, 100));
  test::RandomText one(3);
  test::RandomText other(3);
  for (int round = 0; round < 100; ++round) EXPECT_EQ(mutated("a: [b, c]", one), mutated("a: [b, c]", other));
}

}  // namespace
}  // namespace hfscan::fuzz
