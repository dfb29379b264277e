// The anchors of deltas against a search of the whole text: many generations, every kernel, a seam at every place of a literal.
#include "detect/delta_anchors.h"

#include <gtest/gtest.h>

#include <array>

#include "differential/anchor_vocabulary.h"
#include "support/edited_text.h"

namespace hfscan {
namespace {

using std::string;
using std::string_view;
using test::AnchorVocabulary;
using test::EditedText;
using test::RandomText;

constexpr std::array<AnchorKernel, 4> kKernels = {AnchorKernel::scalar, AnchorKernel::ssse3, AnchorKernel::avx2,
                                                  AnchorKernel::neon};

std::vector<Anchor> anchors_of(string_view bytes) {
  std::vector<Anchor> anchors;
  find_anchors(bytes, anchors);
  return anchors;
}

// The marks of a text, found in the one it was made of or, without runs, in the text itself.
Marks expect_same(string_view text, std::span<const CopiedRun> runs, const Marks& base, AnchorKernel kernel) {
  const std::vector<char> exact(text.begin(), text.end());  // so that a sanitizer sees who reads on
  const string_view bytes(exact.data(), exact.size());
  Marks marks;
  std::vector<Anchor> anchors;
  find_delta_anchors({bytes, runs, base, marks}, anchors, kernel);
  EXPECT_TRUE(anchors == anchors_of(bytes))
      << "kernel " << static_cast<int>(kernel) << ", " << bytes.size() << " bytes, " << runs.size() << " runs";
  return marks;
}

// Anchors are few in it, as in real texts, so that it is worth remembering where they are.
string sparse_text(RandomText& random, AnchorVocabulary& vocabulary, std::size_t pieces) {
  string text;
  for (std::size_t i = 0; i < pieces; ++i) text += vocabulary.text(random.below(12)) + random.of(" .,xyz\n", random.below(700));
  return text;
}

TEST(DeltaAnchors, AreThoseOfTheWholeTextThroughManyGenerations) {
  RandomText random(1);
  AnchorVocabulary vocabulary(random);
  std::size_t remembered = 0;
  for (int family = 0; family < 60; ++family) {
    string text = sparse_text(random, vocabulary, 30);
    Marks marks = expect_same(text, {}, {}, AnchorKernel::best);
    for (int generation = 0; generation < 40 && !HasFailure(); ++generation) {
      const auto new_text = [&] { return sparse_text(random, vocabulary, random.below(2)) + vocabulary.text(random.below(3)); };
      const EditedText edited = test::randomly_edited(random, text, new_text);
      if (marks.complete && !edited.runs().empty()) ++remembered;
      for (const AnchorKernel kernel : kKernels) {
        if (has_kernel(kernel)) expect_same(edited.text(), edited.runs(), marks, kernel);
      }
      marks = expect_same(edited.text(), edited.runs(), marks, AnchorKernel::best);
      text = edited.text();
    }
  }
  EXPECT_GT(remembered, 1000U);  // else this compares a search of the whole with itself
}

TEST(DeltaAnchors, SeamAtEveryPlaceOfALiteralMakesAndUnmakesAnchors) {
  RandomText random(2);
  AnchorVocabulary vocabulary(random);
  const string padding = random.of(" .,xyz\n", 4000);
  for (int round = 0; round < 300 && !HasFailure(); ++round) {
    const string literals = vocabulary.text(6);
    const string whole = padding + literals + padding;
    const Marks marks_of_whole = expect_same(whole, {}, {}, AnchorKernel::best);
    for (std::size_t cut = 0; cut <= literals.size(); ++cut) {
      EditedText cut_in_two(whole);
      cut_in_two.copy(0, padding.size() + cut);
      cut_in_two.insert(random.of("/?\n", 1 + random.below(3)));
      cut_in_two.copy(padding.size() + cut, whole.size());
      const Marks marks = expect_same(cut_in_two.text(), cut_in_two.runs(), marks_of_whole, AnchorKernel::best);
      const std::size_t behind = cut_in_two.text().size() - (whole.size() - padding.size() - cut);
      EditedText joined(cut_in_two.text());
      joined.copy(0, padding.size() + cut);
      joined.copy(behind, whole.size());
      expect_same(joined.text(), joined.runs(), marks, AnchorKernel::best);
    }
  }
}

TEST(DeltaAnchors, EveryKernelSearchesEveryRangeAlike) {
  RandomText random(3);
  AnchorVocabulary vocabulary(random);
  const string base = random.of(" .,xyz\n", 3000);
  const Marks none = expect_same(base, {}, {}, AnchorKernel::best);
  for (std::size_t size = 0; size < 150; ++size) {
    EditedText edited(base);
    edited.copy(0, 1000 + random.below(64));
    edited.insert(vocabulary.text(40).substr(0, size));
    edited.copy(1500, 64 + random.below(70));
    for (const AnchorKernel kernel : kKernels) {
      if (has_kernel(kernel)) expect_same(edited.text(), edited.runs(), none, kernel);
    }
  }
}

}  // namespace
}  // namespace hfscan
