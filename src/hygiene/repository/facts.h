// What single files say about the repository around them, gathered while they are scanned: "there is a .env here", "reads
// .env", "copies the build context". The rules about the repository (hygiene/repository/repository.h) put these facts together
// afterwards.
//
// Separate from the rules about one file, because a fact is no finding, and because most files must cost almost nothing here.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/rule.h"
#include "detect/hit_finder.h"
#include "hygiene/file_view.h"
#include "hygiene/keyword_set.h"
#include "hygiene/repository/fact_calls.h"
#include "hygiene/word_list.h"

namespace hfscan {

// Fact::kind, and what Fact::value then says. Paths in values are as the file writes them.
namespace fact {
constexpr std::string_view kDotenv = "dotenv";                    // the file is one; to_string(Holds)
constexpr std::string_view kDotenvExample = "dotenv-example";     // the same
constexpr std::string_view kTokenFile = "token-file";             // the same
constexpr std::string_view kIgnoreFile = "ignore-file";           // the file is a .gitignore; nothing
constexpr std::string_view kReadsDotenv = "reads-dotenv";         // path of the dotenv file
constexpr std::string_view kCopiesContext = "copies-context";     // path in the build context
constexpr std::string_view kHubHome = "hub-home";                 // path of the file in which a login would save the token
constexpr std::string_view kNamesTokenFile = "names-token-file";  // path of a file that is said to hold a token
constexpr std::string_view kJobEnvFile = "hf-jobs-env-file";      // path of the file given to --env-file
constexpr std::string_view kSpaceEnvFile = "hf-spaces-env-file";  // the same, for the variables of a Space, which are public
constexpr std::string_view kConfigMapEnvFile = "configmap-env-file";  // path of the file that becomes a ConfigMap
constexpr std::string_view kUploadsFolder = "uploads-folder";         // UploadedFolder::to_value()
constexpr std::string_view kJobWithoutToken = "job-without-token";    // path of the script; empty: the call itself holds it
}  // namespace fact

// Thread-safe. Also finds the credentials of URLs in .gitmodules, for the matcher "git-remote-url".
class FactFinder {
 public:
  // The active rules; facts are gathered when one of them is about the repository.
  // The words that lines of interest hold are added to `wanted`.
  FactFinder(std::span<const Rule* const> rules, WordList& wanted);

  // `present` says which of the wanted words the text holds.
  void find(FileOnDemand& file, const WordsPresent& present, FileHits& found) const;

 private:
  const Rule* remote_url_rule_ = nullptr;
  std::vector<std::size_t> words_;       // numbers of fact_words(), in the same order
  std::vector<std::size_t> call_words_;  // of call_words()
  JobFacts jobs_ = JobFacts::leave_out;
};

}  // namespace hfscan
