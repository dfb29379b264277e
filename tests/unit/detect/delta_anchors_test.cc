#include "detect/delta_anchors.h"

#include <gtest/gtest.h>

#include "support/edited_text.h"

namespace hfscan {
namespace {

using test::EditedText;
using test::RandomText;

struct Found {
  std::vector<Anchor> anchors;
  Marks marks;
};

Found find_in(std::string_view bytes, std::span<const CopiedRun> runs = {}, const Marks& base = {}) {
  Found found;
  find_delta_anchors({bytes, runs, base, found.marks}, found.anchors);
  return found;
}

const std::string& padding() {
  static const std::string text(1000, '.');
  return text;
}

Anchor prefix_at(std::size_t offset) { return {offset, AnchorKind::prefix}; }

TEST(DeltaAnchors, ObjectWithoutABaseIsSearchedAsAWhole) {
  RandomText random(1);
  const Found found = find_in(padding() + random.token() + padding());
  EXPECT_EQ(found.anchors, std::vector<Anchor>{prefix_at(1000)});
  EXPECT_TRUE(found.marks.complete);
  EXPECT_EQ(found.marks.places, std::vector<std::uint32_t>{1000});
  EXPECT_TRUE(find_in("").marks.complete);
}

TEST(DeltaAnchors, WhatIsCopiedIsNotSearchedAgain) {
  RandomText random(2);
  EditedText same(padding() + random.token() + padding());
  same.copy(0, 3000);
  Marks nothing_there;
  nothing_there.complete = true;
  EXPECT_TRUE(find_in(same.text(), same.runs(), nothing_there).anchors.empty());
  nothing_there.complete = false;
  EXPECT_EQ(find_in(same.text(), same.runs(), nothing_there).anchors.size(), 1U);
}

TEST(DeltaAnchors, CopiedAnchorsMoveWithTheirRuns) {
  RandomText random(3);
  const std::string base = padding() + random.token() + padding();
  EditedText edited(base);
  edited.insert("new ");
  edited.copy(900, 1000);
  edited.copy(500, 1000);
  const Found found = find_in(edited.text(), edited.runs(), find_in(base).marks);
  EXPECT_EQ(found.anchors, (std::vector<Anchor>{prefix_at(104), prefix_at(1504)}));
  EXPECT_EQ(found.marks.places, (std::vector<std::uint32_t>{104, 1504}));
}

TEST(DeltaAnchors, ChangeFarBehindACopiedCoreCountsAsMuchAsBesideIt) {
  RandomText random(4);
  const std::string body = random.letters(34);
  const std::string base = padding() + "hf_" + body.substr(0, 29) + padding();
  const Marks marks = find_in(base).marks;
  EditedText completed(base);
  completed.copy(0, 1032);
  completed.insert(body.substr(29));
  completed.copy(1032, 1000);
  EXPECT_EQ(find_in(completed.text(), completed.runs(), marks).anchors, std::vector<Anchor>{prefix_at(1000)});
}

// Every third byte begins a core; their places would take more memory than the text.
TEST(DeltaAnchors, PlacesOfATextMadeOfLiteralsAreNotKept) {
  RandomText random(5);
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "hf_";
  text += random.letters(34);
  const Found found = find_in(text);
  EXPECT_FALSE(found.marks.complete);
  EXPECT_TRUE(found.marks.places.empty());
  EXPECT_EQ(found.anchors, std::vector<Anchor>{prefix_at(2997)});
}

}  // namespace
}  // namespace hfscan
