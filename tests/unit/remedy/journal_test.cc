#include "remedy/journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "base/text.h"
#include "support/temp_folder.h"

namespace hfscan {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class JournalTest : public ::testing::Test {
 protected:
  Journal open() { return *Journal::open(path()); }
  [[nodiscard]] std::string path() const { return folder_.path("journal.jsonl"); }
  [[nodiscard]] std::string text() const { return *read_file(path(), 1 << 20); }
  void write_three() {
    Journal journal = open();
    for (const char* event : {"created", "decided", "closed"})
      ASSERT_TRUE(journal.append(event, {{"n", event}}, 1700000000).ok());
  }
  test::TempFolder folder_;
};

TEST_F(JournalTest, RemembersWhatWasWritten) {
  write_three();
  const Journal journal = open();
  EXPECT_THAT(journal.entries(), SizeIs(3));
  EXPECT_THAT(journal.problem(), IsEmpty());
  ASSERT_NE(journal.last("decided"), nullptr);
  EXPECT_EQ(journal.last("decided")->time, 1700000000);
  EXPECT_EQ(journal.last("decided")->data.at("n"), "decided");
  EXPECT_EQ(journal.last("pushed"), nullptr);
}

// A crash may cut the last line at any byte.
TEST_F(JournalTest, ALineCutByACrashIsDroppedAndTheNextOneCounts) {
  write_three();
  const std::string whole = text();
  const std::size_t last = whole.rfind('\n', whole.size() - 2) + 1;
  for (std::size_t cut = last; cut < whole.size(); cut += 7) {
    folder_.write("journal.jsonl", whole.substr(0, cut));
    Journal journal = open();
    EXPECT_THAT(journal.entries(), SizeIs(2));
    ASSERT_TRUE(journal.append("again", Json::object(), 1700000001).ok());
    EXPECT_THAT(open().entries(), SizeIs(3));
    EXPECT_THAT(open().problem(), IsEmpty());
  }
}

TEST_F(JournalTest, AChangedLineEndsWhatIsBelieved) {
  write_three();
  std::string changed = text();
  changed.replace(changed.find("1700000000"), 10, "1600000000");
  folder_.write("journal.jsonl", changed);
  Journal journal = open();
  EXPECT_THAT(journal.entries(), SizeIs(1));
  EXPECT_THAT(journal.problem(), HasSubstr("line 2"));
  ASSERT_TRUE(journal.append("after", Json::object(), 1700000002).ok());
  EXPECT_THAT(text(), HasSubstr("1600000000"));  // kept
  EXPECT_THAT(open().entries(), SizeIs(1));
}

TEST_F(JournalTest, MasksWhatLooksLikeAToken) {
  Journal journal = open();
  const std::string token = cat("hf_", std::string(17, 'q'), std::string(17, 'Z'));
  ASSERT_TRUE(journal.append("noted", {{"text", token}}, 0).ok());
  EXPECT_THAT(text(), Not(HasSubstr(token)));
  EXPECT_THAT(open().problem(), IsEmpty());
}

}  // namespace
}  // namespace hfscan
