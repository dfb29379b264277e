#include "scan/container_scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "git/memory_content.h"
#include "scan/scan.h"
#include "scan/unpacker.h"
#include "support/archive_files.h"
#include "support/detection.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using test::ArchiveMember;
using test::RandomText;
using test::ZipMethod;

enum class Access { seekable, front_to_back, once };

class Files : public Source, public ContentStore {
 public:
  Files(std::map<std::string, std::string> files, Access access) : files_(std::move(files)), access_(access) {}

  Status for_each(SourceSink& sink) override {
    for (const auto& [path, bytes] : files_) sink.push({path, "", "", PlaceKind::blob, this});
    return {};
  }
  [[nodiscard]] Result<std::unique_ptr<Content>> open(const Item& item) const override {
    const std::string& bytes = files_.at(item.path);
    if (access_ == Access::seekable) return std::unique_ptr<Content>(std::make_unique<MemoryContent>(bytes));
    return std::unique_ptr<Content>(std::make_unique<test::ChunkedContent>(bytes, 100000, 1));
  }
  [[nodiscard]] bool reopens() const override { return access_ != Access::once; }

 private:
  std::map<std::string, std::string> files_;
  Access access_;
};

Report scan(std::map<std::string, std::string> files, ScanOptions options = {"scan", 1, {}}, Access access = Access::seekable) {
  std::vector<std::unique_ptr<Source>> sources;
  sources.push_back(std::make_unique<Files>(std::move(files), access));
  Result<Report> report = run_scan(sources, test::builtin_detector(), test::default_rules(), options);
  EXPECT_TRUE(report.ok());
  return std::move(report).value();
}

ScanOptions with_limits(ArchiveLimits limits) {
  ScanOptions options{"scan", 1, {}};
  options.archives = limits;
  return options;
}

std::vector<std::string> paths(const Report& report) {
  std::vector<std::string> result;
  for (const Finding& finding : report.findings) result.push_back(finding.location.path);
  return result;
}

std::string messages(const Report& report) {
  std::string result;
  for (const Diagnostic& diagnostic : report.diagnostics) result += diagnostic.path + ": " + diagnostic.message + "\n";
  return result;
}

using Paths = std::vector<std::string>;

std::string token(std::uint64_t seed) { return RandomText(seed).token(); }
std::string line(std::uint64_t seed) { return "import os\nkey = '" + token(seed) + "'\n"; }

// Compressible, and more than is held of an archive in an archive.
std::string filler(std::size_t size) {
  std::string text;
  for (std::uint64_t i = 0; text.size() < size; ++i) text += "filler line " + std::to_string(i * 7919) + "\n";
  return text;
}

TEST(ContainerScan, TokenInACompressedFileIsFoundAtItsLine) {
  for (const ContainerKind kind :
       {ContainerKind::gzip, ContainerKind::bzip2, ContainerKind::xz, ContainerKind::zstd, ContainerKind::lz4}) {
    const Report report = scan({{"dir/file", test::compressed(line(1), kind)}});
    ASSERT_EQ(paths(report), Paths{"dir/file!/data"}) << to_string(kind);
    const Finding& finding = report.findings[0];
    EXPECT_EQ(finding.location.container, "dir/file");
    EXPECT_EQ(finding.location.range.start.line, 2U);
    EXPECT_EQ(finding.secret->encoding, to_string(kind));
    EXPECT_EQ(finding.secret->id, sha256(token(1)));
    EXPECT_EQ(messages(report), "");
  }
}

TEST(ContainerScan, EncodingOfTheTokenItselfComesLast) {
  const std::string encoded = "data: " + base64_encode(line(1)) + "\n";
  const Report report = scan({{"a.zip", test::zip_of({{"b", encoded + filler(1000)}})}});
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].secret->encoding, "zip+base64");
}

TEST(ContainerScan, ArchivesInArchivesAreNamedStepByStep) {
  const std::string zip = test::zip_of({{"c.txt", line(1) + filler(500)}});
  const std::string tar_gz = test::compressed(test::tar_of({{"b.zip", zip}}), ContainerKind::gzip);
  const Report report = scan({{"n.zip", test::zip_of({{"x/a.tar.gz", tar_gz}})}});
  ASSERT_EQ(paths(report), Paths{"n.zip!/x/a.tar.gz!/b.zip!/c.txt"});
  EXPECT_EQ(report.findings[0].secret->encoding, "zip+gzip+tar+zip");
  EXPECT_EQ(report.findings[0].location.container, "n.zip");
}

TEST(ContainerScan, EveryWayToReadTheFileGivesTheSame) {
  const std::string small = test::zip_of({{"a", line(1)}, {"b", line(2)}});
  const std::string large =
      test::zip_of({{"fill", RandomText(3).bytes(std::size_t{17} << 20U)}, {"a", line(1)}, {"b", line(2)}});
  for (const std::string& zip : {small, large}) {
    for (const Access access : {Access::seekable, Access::front_to_back, Access::once}) {
      const Report report = scan({{"a.zip", zip}}, {"scan", 1, {}}, access);
      EXPECT_EQ(paths(report), (Paths{"a.zip!/a", "a.zip!/b"})) << static_cast<int>(access) << messages(report);
    }
  }
}

TEST(ContainerScan, InnerArchiveThatIsTooLargeToHoldIsUnpackedAsItStreams) {
  const std::string inner = test::zip_of({{"noise", RandomText(5).bytes(kMaxHeld + 1000)}, {"t", line(1)}});
  const std::string tar = test::compressed(test::tar_of({{"in.zip", inner}, {"after", line(2)}}), ContainerKind::gzip);
  EXPECT_EQ(paths(scan({{"a.tgz", tar}})), (Paths{"a.tgz!/after", "a.tgz!/in.zip!/t"}));
}

TEST(ContainerScan, WhatCannotBeReadTwiceAndIsTooLargeIsADiagnostic) {
  const std::string zip = test::zip_of({{"noise", std::string(kMaxKept, 'x')}, {"t", line(1)}}, ZipMethod::stored);
  const Report report = scan({{"stdin", zip}}, {"stdin", 1, {}}, Access::once);
  EXPECT_EQ(paths(report), Paths{"stdin"}) << "its own bytes are scanned";
  EXPECT_NE(messages(report).find("stdin: holds zip data and is larger than 67.1 MB"), std::string::npos) << messages(report);
}

TEST(ContainerScan, TokenOfAStoredMemberIsToldOnceWhereItLies) {
  for (const std::string& archive :
       {test::zip_of({{"a.txt", line(1)}}, ZipMethod::stored), test::tar_of({{"a.txt", line(1)}})}) {
    const Report report = scan({{"a", archive}});
    ASSERT_EQ(paths(report), Paths{"a"});
    EXPECT_EQ(report.findings[0].secret->encoding, "plain");
    EXPECT_EQ(archive.substr(report.findings[0].location.span.begin, 37), token(1));
  }
}

TEST(ContainerScan, EqualTokensInTwoMembersAreTwoFindings) {
  const std::vector<ArchiveMember> members = {{"a", line(1)}, {"b", line(1)}};
  EXPECT_EQ(paths(scan({{"x.zip", test::zip_of(members)}})), (Paths{"x.zip!/a", "x.zip!/b"}));
  EXPECT_EQ(paths(scan({{"x.tar", test::tar_of(members)}})), (Paths{"x.tar", "x.tar"}));
  const std::string inner = test::zip_of({{"c", line(1) + filler(500)}});
  EXPECT_EQ(paths(scan({{"x.tar", test::tar_of({{"a", line(1)}, {"in.zip", inner}})}})), (Paths{"x.tar", "x.tar!/in.zip!/c"}));
}

TEST(ContainerScan, InAnArchiveThatIsUnpackedTheMemberIsTold) {
  const std::string tar = test::tar_of({{"dir/a", line(1)}, {"b", line(2)}});
  EXPECT_EQ(paths(scan({{"x.tar.gz", test::compressed(tar, ContainerKind::gzip)}})), (Paths{"x.tar.gz!/b", "x.tar.gz!/dir/a"}));
}

// Notebooks have a rule of their own, which only the member's name tells.
TEST(ContainerScan, MoreSpecificRuleOfAStoredMemberIsTold) {
  const std::string notebook =
      R"({"cells":[{"cell_type":"code","source":["from huggingface_hub import login\n","login(token=\")" + token(1) +
      "\\\")\\n\"]}]}\n";
  const Report alone = scan({{"a.ipynb", notebook}});
  const Report raw = scan({{"a.bin", notebook}});
  ASSERT_EQ(alone.findings.size(), 1U);
  ASSERT_EQ(raw.findings.size(), 1U);
  ASSERT_NE(alone.findings[0].rule->id, raw.findings[0].rule->id) << "no rule depends on the path any more";
  const Report report = scan({{"x.tar", test::tar_of({{"a.ipynb", notebook}})}});
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].rule->id, alone.findings[0].rule->id);
}

TEST(ContainerScan, LinkTextsAndNamesAreScannedAndMasked) {
  const std::string tar =
      test::tar_of({{"link", "", "/x/" + token(1)}, {"k_" + token(2) + "/f", "text"}}, test::TarFlavour::pax);
  const Report report = scan({{"x.tgz", test::compressed(tar, ContainerKind::gzip)}});
  std::set<Sha256Digest> found;
  for (const Finding& finding : report.findings) {
    found.insert(*finding.secret->id);
    EXPECT_EQ(finding.location.path.find(token(2)), std::string::npos);
  }
  EXPECT_EQ(found, (std::set<Sha256Digest>{sha256(token(1)), sha256(token(2))}));
}

TEST(ContainerScan, AllowCommentsWorkInMembers) {
  const std::string allowed = "key = '" + token(1) + "'  # hfscan:allow a test\n" + filler(300);
  const Report report = scan({{"x.zip", test::zip_of({{"a.py", allowed}})}});
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].disposition, Disposition::ignored_inline);
}

TEST(ContainerScan, ExcludedMembersAreSkippedAndCounted) {
  ScanOptions options{"scan", 1, [](std::string_view path) { return path.ends_with("/skipped"); }};
  const Report report = scan({{"x.zip", test::zip_of({{"skipped", line(1)}, {"kept", line(2)}})}}, options);
  EXPECT_EQ(paths(report), Paths{"x.zip!/kept"});
  ASSERT_EQ(report.skipped.size(), 1U);
  EXPECT_EQ(report.skipped[0].path, "x.zip!/skipped");
  EXPECT_EQ(report.skipped[0].reason, SkipReason::user_excluded);
}

TEST(ContainerScan, ArchivesOfOtherFormatsAreSkippedByNameAlsoInArchives) {
  const std::string seven("7z\xbc\xaf\x27\x1c\0\4 and so on", 18);
  const Report report = scan({{"a.7z", seven}, {"b.zip", test::zip_of({{"c.7z", seven}})}});
  ASSERT_EQ(report.skipped.size(), 2U);
  EXPECT_EQ(report.skipped[0].path, "a.7z");
  EXPECT_EQ(report.skipped[1].path, "b.zip!/c.7z");
  EXPECT_EQ(report.skipped[1].reason, SkipReason::archive_format);
  EXPECT_EQ(messages(report), "");
}

TEST(ContainerScan, WithDepthZeroArchivesAreSkippedByName) {
  const Report report = scan({{"a.zip", test::zip_of({{"b", line(1)}})}}, with_limits({0, 1 << 30U}));
  EXPECT_EQ(paths(report), Paths{});
  ASSERT_EQ(report.skipped.size(), 1U);
  EXPECT_EQ(report.skipped[0].reason, SkipReason::archives_off);
}

TEST(ContainerScan, EncryptedMembersAreOneDiagnosticAndTheOthersAreScanned) {
  const std::string encrypted = test::zip_of({{"a", "text"}, {"b", "text"}}, ZipMethod::encrypted);
  const Report report =
      scan({{"x.tar", test::tar_of({{"e.zip", encrypted}, {"p.gz", test::compressed(line(1), ContainerKind::gzip)}})}});
  EXPECT_EQ(messages(report), "x.tar: 2 members are encrypted; decrypt the archive and scan the result\n");
  EXPECT_EQ(paths(report), Paths{"x.tar!/p.gz!/p"});
}

TEST(ContainerScan, OfADamagedArchiveWhatComesBeforeIsScanned) {
  const std::string gz = test::compressed(line(1) + filler(100000), ContainerKind::gzip);
  const Report report = scan({{"log.gz", gz.substr(0, gz.size() - 20)}});
  EXPECT_EQ(paths(report), Paths{"log.gz!/log"});
  EXPECT_NE(messages(report).find("log.gz: gzip data ends early after "), std::string::npos) << messages(report);
}

TEST(ContainerScan, BytesThatOnlyBeginLikeAnArchiveAreNoDiagnostic) {
  const Report report = scan({{"a", "BZh9 " + line(1)}, {"b", "PK\3\4" + line(2)}, {"c", "!<arch>\n" + line(3)}});
  EXPECT_EQ(paths(report), (Paths{"a", "b", "c"}));
  EXPECT_EQ(messages(report), "");
}

TEST(ContainerScan, ArchiveWhoseFirstHeaderIsHostileIsNotSilent) {
  std::string tar = test::tar_of({{"a", "x"}, {"b", line(1)}}, test::TarFlavour::pax);
  const std::string huge = "77777777777";  // of an extended header, which libarchive refuses
  std::string header = tar.substr(0, 512);
  header[156] = 'x';
  header.replace(124, 11, huge);
  header.replace(148, 8, 8, ' ');
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  std::array<char, 8> digits{};
  std::snprintf(digits.data(), digits.size(), "%06o", sum);
  header.replace(148, 7, digits.data(), 7);
  const Report report = scan({{"x.tgz", test::compressed(header + tar, ContainerKind::gzip)}});
  EXPECT_EQ(paths(report).size(), 1U) << "it is held, and scanned as it lies";
  EXPECT_NE(messages(report), "");
}

TEST(ContainerScan, UnpackingTooMuchIsOneDiagnosticWithTheNextStep) {
  const std::string gz = test::compressed(line(1) + filler(3 << 20U), ContainerKind::gzip);
  const Report report = scan({{"x.gz", gz}}, with_limits({8, 1 << 20U}));
  EXPECT_EQ(paths(report), Paths{"x.gz!/x"}) << "what came before the limit is scanned";
  EXPECT_EQ(messages(report),
            "x.gz: unpacks to more than 1.0 MB; the rest was not scanned: unpack it and scan the folder, or raise "
            "--archive-max-megabytes\n");
}

TEST(ContainerScan, BombIsStoppedByItsRatio) {
  const std::string zeros = test::compressed(std::string(std::size_t{80} << 20U, '\0'), ContainerKind::bzip2);
  const Report report = scan({{"x.zip", test::zip_of({{"a", zeros}, {"b", zeros}})}});
  EXPECT_NE(messages(report).find("x.zip: unpacks to more than 250 times its size"), std::string::npos) << messages(report);
}

TEST(ContainerScan, NestingTooDeepIsCountedOnce) {
  std::string deep = line(1);
  for (int i = 0; i < 5; ++i) deep = test::zip_of({{"a", deep}, {"b", deep}}, ZipMethod::deflated);
  EXPECT_EQ(scan({{"x.zip", deep}}, with_limits({5, 1 << 30U})).findings.size(), 32U);
  const Report report = scan({{"x.zip", deep}}, with_limits({3, 1 << 30U}));
  EXPECT_EQ(messages(report),
            "x.zip: 8 archives are nested deeper than 3 levels; unpack it and scan the folder, or raise --archive-depth\n");
}

TEST(ContainerScan, RepeatedTokenIsBounded) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += token(1) + "\n";
  const Report report = scan({{"x.gz", test::compressed(text, ContainerKind::gzip)}});
  EXPECT_EQ(report.findings.size(), UnpackBudget::kFindings);
  EXPECT_NE(messages(report).find("x.gz: has more than 10,000 findings"), std::string::npos) << messages(report);
}

TEST(ContainerScan, BinaryMemberThatIsStoredIsNotScannedTwiceButLookedBehind) {
  const std::string zip = test::zip_of({{"in.txt", line(1) + filler(300)}});
  const std::string program = RandomText(9).bytes(50000) + line(2) + zip;
  EXPECT_EQ(paths(scan({{"x.tar", test::tar_of({{"program", program}})}})), (Paths{"x.tar", "x.tar!/program!/in.txt"}));
}

TEST(ContainerScan, ReportIsTheSameWhateverTheNumberOfJobs) {
  std::map<std::string, std::string> files;
  for (std::uint64_t i = 0; i < 100; ++i) {
    files["f" + std::to_string(i)] = test::compressed(test::tar_of({{"a", line(i)}, {"b", line(i + 1)}}), ContainerKind::gzip);
  }
  const Report one = scan(files);
  EXPECT_EQ(one.findings.size(), 200U);
  EXPECT_EQ(one.counts.members, 300U);
  for (const unsigned jobs : {2U, 8U}) {
    const Report many = scan(files, {"scan", jobs, {}});
    EXPECT_EQ(paths(many), paths(one));
    EXPECT_EQ(many.counts.members, one.counts.members);
    for (std::size_t i = 0; i < one.findings.size(); ++i) EXPECT_EQ(many.findings[i].fingerprint, one.findings[i].fingerprint);
  }
}

}  // namespace
}  // namespace hfscan
