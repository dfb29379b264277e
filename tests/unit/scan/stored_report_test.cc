#include "scan/stored_report.h"

#include <gtest/gtest.h>

#include <tuple>

#include "base/sealed_file.h"
#include "support/random_text.h"
#include "support/temp_folder.h"
#include "unit/scan/report_builder.h"

namespace hfscan {
namespace {

using test::RandomText;
using test::TempFolder;

const std::vector<const Rule*> kRules = {&test::token_rule(), &test::url_rule()};

// All members of a type, listed here once more on purpose: one that the program forgets to store is filled and compared here.
auto tied(ByteSpan& value) {
  auto& [a, b] = value;
  return std::tie(a, b);
}
auto tied(LineColumn& value) {
  auto& [a, b] = value;
  return std::tie(a, b);
}
auto tied(TextRange& value) {
  auto& [a, b, c, d] = value;
  return std::tie(a, b, c, d);
}
auto tied(SecretReference& value) {
  auto& [a, b, c, d] = value;
  return std::tie(a, b, c, d);
}
auto tied(Excerpt& value) {
  auto& [a, b, c, d, e] = value;
  return std::tie(a, b, c, d, e);
}
auto tied(Location& value) {
  auto& [a, b, c, d, e, f, g] = value;
  return std::tie(a, b, c, d, e, f, g);
}
auto tied(RelatedPlace& value) {
  auto& [a, b] = value;
  return std::tie(a, b);
}
auto tied(Occurrence& value) {
  auto& [a, b, c, d, e, f, g, h] = value;
  return std::tie(a, b, c, d, e, f, g, h);
}
auto tied(CommitStamp& value) {
  auto& [a, b, c] = value;
  return std::tie(a, b, c);
}
auto tied(SecretStory& value) {
  auto& [a, b, c, d, e, f, g, h, i, j] = value;
  return std::tie(a, b, c, d, e, f, g, h, i, j);
}
auto tied(Edit& value) {
  auto& [a, b, c, d, e] = value;
  return std::tie(a, b, c, d, e);
}
auto tied(Finding& value) {
  auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r] = value;
  return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r);
}
auto tied(Diagnostic& value) {
  auto& [a, b] = value;
  return std::tie(a, b);
}
auto tied(Skip& value) {
  auto& [a, b] = value;
  return std::tie(a, b);
}
auto tied(Fact& value) {
  auto& [a, b, c, d] = value;
  return std::tie(a, b, c, d);
}
auto tied(Counts& value) {
  auto& [a, b, c, d, e, f, g, h, i] = value;
  return std::tie(a, b, c, d, e, f, g, h, i);
}
auto tied(Report& value) {
  auto& [a, b, c, d, e, f, g, h, i, j, k] = value;
  return std::tie(a, b, c, d, e, f, g, h, i, j, k);
}

template <typename T>
concept Aggregate = requires(T& value) {
  tied(value);
};

// Gives every member, however deep, a value of its own.
class Filler {
 public:
  explicit Filler(std::uint64_t seed) : random_(seed) {}

  template <Aggregate T>
  void fill(T& value) {
    std::apply([this](auto&... fields) { (fill(fields), ...); }, tied(value));
  }
  template <typename T>
  requires std::is_enum_v<T>
  void fill(T& value) { value = static_cast<T>(random_.below(3)); }
  template <typename T>
  requires std::is_integral_v<T>
  void fill(T& value) {
    value = static_cast<T>((random_.below(std::size_t{1} << 32U) << 32U | random_.below(std::size_t{1} << 32U)) >>
                           random_.below(64));
  }
  void fill(bool& value) { value = random_.below(2) == 0; }
  void fill(std::string& value) { value = random_.bytes(random_.below(30)); }
  void fill(Sha256Digest& value) { value = sha256(random_.bytes(8)); }
  void fill(const Rule*& value) { value = kRules[random_.below(kRules.size())]; }
  template <typename T>
  void fill(std::vector<T>& values) {
    values.resize(random_.below(4));
    for (T& value : values) fill(value);
  }
  template <typename T>
  void fill(std::optional<T>& value) {
    if (random_.below(3) != 0) fill(value.emplace());
  }

 private:
  RandomText random_;
};

template <typename T>
bool same(T& a, T& b);

template <typename T>
bool same(std::vector<T>& a, std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](T& one, T& other) { return same(one, other); });
}

template <typename T>
bool same(std::optional<T>& a, std::optional<T>& b) {
  return a.has_value() == b.has_value() && (!a.has_value() || same(*a, *b));
}

template <typename T>
bool same(T& a, T& b) {
  if constexpr (Aggregate<T>) {
    const auto all_same = [](auto ones, auto others) {
      return [&]<std::size_t... I>(std::index_sequence<I...>) { return (same(std::get<I>(ones), std::get<I>(others)) && ...); }
      (std::make_index_sequence<std::tuple_size_v<decltype(ones)>>());
    };
    return all_same(tied(a), tied(b));
  } else {
    return a == b;
  }
}

Report random_report(std::uint64_t seed) {
  Report report;
  Filler(seed).fill(report);
  return report;
}

Report complete_report(std::uint64_t seed) {
  Report report = random_report(seed);
  report.complete = true;
  report.diagnostics.clear();
  return report;
}

TEST(StoredReport, IsExactlyTheOneThatWasStored) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    Report report = random_report(seed);
    auto again = decode_report(encode_report(report), kRules);
    ASSERT_TRUE(again) << seed;
    EXPECT_TRUE(same(report, *again)) << seed;
  }
}

TEST(StoredReport, OfNothingIsExactToo) {
  Report report;
  auto again = decode_report(encode_report(report), {});
  ASSERT_TRUE(again);
  EXPECT_TRUE(same(report, *again));
}

TEST(StoredReport, WithARuleThatIsNotActiveIsNoReport) {
  test::ReportBuilder builder;
  builder.add("a", test::make_token(1));
  builder.add("b", test::make_token(2), 1, test::url_rule());
  const std::string bytes = encode_report(builder.report);
  EXPECT_TRUE(decode_report(bytes, kRules));
  EXPECT_FALSE(decode_report(bytes, {&test::token_rule()}));
  EXPECT_FALSE(decode_report(bytes, {}));
}

TEST(StoredReport, CutAnywhereOrContinuedIsNoReport) {
  const std::string bytes = encode_report(random_report(1));
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(decode_report(bytes.substr(0, size), kRules)) << size;
  EXPECT_FALSE(decode_report(bytes + '\0', kRules));
}

TEST(StoredReport, AnyBytesCanBeRead) {
  RandomText random(1);
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    std::string bytes = encode_report(random_report(seed));
    for (int i = 0; i < 5; ++i) bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
    (void)decode_report(bytes, kRules);
    (void)decode_report(random.bytes(random.below(300)), kRules);
    (void)decode_report(std::string(random.below(300), '\xff'), kRules);
  }
}

TEST(StoredReport, HoldsNoToken) {
  test::ReportBuilder builder;
  const std::string token = test::make_token(1);
  builder.add("a", token);
  EXPECT_EQ(encode_report(builder.report).find(std::string_view(token).substr(3)), std::string::npos);
}

TEST(StoredReport, IsReadForTheBasisItWasWrittenForAndNoOther) {
  const TempFolder folder;
  Report report = complete_report(3);
  ASSERT_TRUE(write_stored_report(folder.path("report"), sha256("state"), report).ok());
  auto again = read_stored_report(folder.path("report"), sha256("state"), kRules);
  ASSERT_TRUE(again);
  EXPECT_TRUE(same(report, *again));
  EXPECT_FALSE(read_stored_report(folder.path("report"), sha256("another state"), kRules));
  EXPECT_FALSE(read_stored_report(folder.path("nowhere"), sha256("state"), kRules));
}

TEST(StoredReport, OfAnIncompleteRunIsNotKept) {
  const TempFolder folder;
  Report unfinished = complete_report(4);
  unfinished.complete = false;
  Report troubled = complete_report(4);
  troubled.diagnostics.push_back({"path", "permission denied"});
  for (const Report& report : {unfinished, troubled}) {
    ASSERT_TRUE(write_stored_report(folder.path("report"), sha256("state"), report).ok());
    EXPECT_FALSE(read_stored_report(folder.path("report"), sha256("state"), kRules));
  }
}

TEST(StoredReport, OfADamagedFileIsNotRead) {
  const TempFolder folder;
  Report report = complete_report(5);
  ASSERT_TRUE(write_stored_report(folder.path("report"), sha256("state"), report).ok());
  const std::string whole = folder.read("report");
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    folder.write("report", damaged);
    EXPECT_FALSE(read_stored_report(folder.path("report"), sha256("state"), kRules)) << at;
    folder.write("report", whole.substr(0, at));
    EXPECT_FALSE(read_stored_report(folder.path("report"), sha256("state"), kRules)) << at;
  }
}

}  // namespace
}  // namespace hfscan
