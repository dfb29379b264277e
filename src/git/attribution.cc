#include "git/attribution.h"

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <unordered_map>

#include "base/text.h"
#include "git/place_history.h"

namespace hfscan {
namespace {

constexpr std::size_t kSecretsAtOnce = 64;  // bits of a word

// All blobs of the request, each once, and the secrets as indices into that list.
struct HitBlobs {
  explicit HitBlobs(const std::vector<std::vector<ObjectId>>& secrets) {
    for (const std::vector<ObjectId>& blobs : secrets) {
      std::vector<std::uint32_t>& indices = by_secret.emplace_back();
      for (const ObjectId& blob : blobs) {
        const auto [found, fresh] = numbers.try_emplace(blob, static_cast<std::uint32_t>(ids.size()));
        if (fresh) ids.push_back(blob);
        indices.push_back(found->second);
      }
    }
  }

  std::vector<ObjectId> ids;
  std::unordered_map<ObjectId, std::uint32_t, ObjectIdHash> numbers;
  std::vector<std::vector<std::uint32_t>> by_secret;
};

// Different sets of commits: what came in together is asked about once.
struct CommitSets {
  std::size_t add(const std::vector<CommitNumber>& set) {
    const auto [found, fresh] = numbers.try_emplace(set, sets.size());
    if (fresh) sets.push_back(set);
    return found->second;
  }

  std::vector<std::vector<CommitNumber>> sets;
  std::map<std::vector<CommitNumber>, std::size_t> numbers;
};

// The work of attribute(), one step a function, in this order.
class Attributor {
 public:
  Attributor(const AttributionRequest& request, const CommitGraph& graph, TreeSource& source)
      : request_(request),
        graph_(graph),
        blobs_(request.secrets),
        links_(graph.format(), blobs_.ids),
        trees_(links_),
        history_(trees_) {
    source.for_each_tree([&](const ObjectId& id, std::string_view bytes) { links_.add(id, bytes); });
  }

  Attribution run() {
    find_roots();
    follow_places();
    follow_secrets();
    find_refs();
    add_refs_without_commits();
    finish();
    return std::move(result_);
  }

 private:
  void find_roots() {
    roots_.assign(graph_.size(), kNoHits);
    for (CommitNumber commit = 0; commit < graph_.size(); ++commit) {
      const ObjectId tree = graph_.tree(commit);
      if (tree.size != 0) roots_[commit] = trees_.visit(tree);
    }
  }

  void follow_places() {
    std::vector<HitTree> parent_trees;
    for (CommitNumber commit = 0; commit < graph_.size(); ++commit) {
      parent_trees.clear();
      for (const CommitNumber parent : graph_.parents(commit)) parent_trees.push_back(roots_[parent]);
      history_.add_commit(graph_, commit, roots_[commit], parent_trees);
    }
  }

  void follow_secrets() {
    by_date_.resize(graph_.size());
    std::iota(by_date_.begin(), by_date_.end(), 0U);
    sort_by_date(graph_, by_date_);
    result_.secrets.resize(request_.secrets.size());
    for (std::size_t begin = 0; begin < result_.secrets.size(); begin += kSecretsAtOnce) follow_secrets_from(begin);
  }

  // As bits, up to 64 secrets at once.
  void follow_secrets_from(std::size_t begin) {
    const std::size_t end = std::min(begin + kSecretsAtOnce, result_.secrets.size());
    std::vector<std::uint64_t> bits_of_blobs(blobs_.ids.size(), 0);
    for (std::size_t secret = begin; secret < end; ++secret) {
      for (const std::uint32_t blob : blobs_.by_secret[secret]) bits_of_blobs[blob] |= std::uint64_t{1} << (secret - begin);
    }
    const std::vector<std::uint64_t> bits_of_trees = trees_.bits(bits_of_blobs);
    const auto has = [&](CommitNumber commit) { return roots_[commit] == kNoHits ? 0 : bits_of_trees[roots_[commit]]; };
    const auto each = [&](std::uint64_t bits, const auto& use) {
      for (; bits != 0; bits &= bits - 1) use(result_.secrets[begin + static_cast<std::size_t>(std::countr_zero(bits))]);
    };
    for (CommitNumber commit = 0; commit < graph_.size(); ++commit) {
      std::uint64_t before = 0;
      for (const CommitNumber parent : graph_.parents(commit)) before |= has(parent);
      each(has(commit) & ~before, [&](SecretHistory& secret) { secret.introduced.push_back(commit); });
      each(before & ~has(commit), [&](SecretHistory& secret) { secret.removed.push_back(commit); });
    }
    std::uint64_t seen = 0;
    for (const CommitNumber commit : by_date_) {
      each(has(commit) & ~seen, [&](SecretHistory& secret) { secret.first = commit; });
      seen |= has(commit);
    }
    for (auto commit = by_date_.rbegin(); commit != by_date_.rend() && seen != 0; ++commit) {
      each(has(*commit) & seen, [&](SecretHistory& secret) { secret.last = *commit; });
      seen &= ~has(*commit);
    }
    const CommitNumber head = head_commit();
    if (head != kNoCommit) each(has(head), [](SecretHistory& secret) { secret.in_head = true; });
  }

  [[nodiscard]] CommitNumber head_commit() const {
    for (const PeeledRef& ref : request_.refs) {
      if (ref_kind(ref.name) == RefKind::head) return graph_.find(ref.target);
    }
    return kNoCommit;
  }

  // Whatever has something descends from what introduced it, so the introducing commits stand for all that have it.
  void find_refs() {
    std::vector<CommitRef> refs;
    std::vector<std::uint32_t> indices;  // of `refs` in the request
    for (std::uint32_t i = 0; i < request_.refs.size(); ++i) {
      const PeeledRef& ref = request_.refs[i];
      if (ref.type != ObjectType::commit) continue;
      const CommitNumber commit = graph_.find(ref.target);
      if (commit == kNoCommit) {
        result_.diagnostics.push_back({ref.name, cat("leads to commit ", ref.target.hex(), ", which is missing")});
        continue;
      }
      refs.push_back({ref.name, commit});
      indices.push_back(i);
    }
    CommitSets sets;
    std::vector<std::size_t> of_places;
    std::vector<std::size_t> of_secrets;
    for (const Place& place : history_.places()) of_places.push_back(sets.add(place.introduced));
    for (const SecretHistory& secret : result_.secrets) of_secrets.push_back(sets.add(secret.introduced));
    std::vector<RefSubset> subsets = refs_reaching(graph_, refs, sets.sets, request_.most_named_refs);
    for (RefSubset& subset : subsets) {
      for (std::uint32_t& ref : subset.named) ref = indices[ref];
    }
    for (const std::size_t set : of_places) refs_of_places_.push_back(subsets[set]);
    for (std::size_t i = 0; i < of_secrets.size(); ++i) result_.secrets[i].refs = subsets[of_secrets[i]];
  }

  // Tags of trees and of blobs.
  void add_refs_without_commits() {
    for (std::uint32_t i = 0; i < request_.refs.size(); ++i) {
      const PeeledRef& ref = request_.refs[i];
      if (ref.type == ObjectType::tree) add_tree_ref(i);
      if (ref.type == ObjectType::blob) add_blob_ref(i);
    }
  }

  void add_tree_ref(std::uint32_t index) {
    const PeeledRef& ref = request_.refs[index];
    const std::vector<std::uint32_t> places = history_.places_of(ref.name, trees_.visit(ref.target));
    refs_of_places_.resize(history_.places().size());
    std::vector<bool> blobs(blobs_.ids.size(), false);
    for (const std::uint32_t place : places) {
      refs_of_places_[place].add(index, ref_kind(ref.name), request_.most_named_refs);
      blobs[history_.places()[place].blob] = true;
    }
    add_to_secrets(index, blobs);
  }

  void add_blob_ref(std::uint32_t index) {
    const auto blob = blobs_.numbers.find(request_.refs[index].target);
    if (blob == blobs_.numbers.end()) return;
    blob_refs_[blob->second].add(index, ref_kind(request_.refs[index].name), request_.most_named_refs);
    std::vector<bool> blobs(blobs_.ids.size(), false);
    blobs[blob->second] = true;
    add_to_secrets(index, blobs);
  }

  void add_to_secrets(std::uint32_t index, const std::vector<bool>& blobs) {
    for (std::size_t i = 0; i < result_.secrets.size(); ++i) {
      const auto& of_secret = blobs_.by_secret[i];
      const bool has = std::any_of(of_secret.begin(), of_secret.end(), [&](std::uint32_t blob) { return blobs[blob]; });
      if (has) result_.secrets[i].refs.add(index, ref_kind(request_.refs[index].name), request_.most_named_refs);
    }
  }

  void finish() {
    std::vector<bool> placed(blobs_.ids.size(), false);
    for (std::size_t i = 0; i < history_.places().size(); ++i) {
      const Place& place = history_.places()[i];
      placed[place.blob] = true;
      result_.places.push_back(
          {blobs_.ids[place.blob], place.path, place.introduced, place.removed, std::move(refs_of_places_[i])});
    }
    for (std::uint32_t blob = 0; blob < blobs_.ids.size(); ++blob) {
      const auto refs = blob_refs_.find(blob);
      if (!placed[blob] || refs != blob_refs_.end())
        result_.places.push_back({blobs_.ids[blob], "", {}, {}, refs == blob_refs_.end() ? RefSubset() : refs->second});
    }
    std::sort(result_.places.begin(), result_.places.end(), [](const BlobPlace& a, const BlobPlace& b) {
      return a.path != b.path ? a.path < b.path : a.blob.raw() < b.blob.raw();
    });
    link_secrets();
    for (BlobPlace& place : result_.places) sort_commits(place);
    for (SecretHistory& secret : result_.secrets) sort_commits(secret);
    for (const auto& list : {trees_.diagnostics(), history_.diagnostics()})
      result_.diagnostics.insert(result_.diagnostics.end(), list.begin(), list.end());
  }

  void link_secrets() {
    std::vector<std::vector<std::uint32_t>> secrets_of_blobs(blobs_.ids.size());
    for (std::uint32_t secret = 0; secret < blobs_.by_secret.size(); ++secret) {
      for (const std::uint32_t blob : blobs_.by_secret[secret]) {
        auto& secrets = secrets_of_blobs[blob];
        if (secrets.empty() || secrets.back() != secret) secrets.push_back(secret);
      }
    }
    for (std::uint32_t place = 0; place < result_.places.size(); ++place) {
      for (const std::uint32_t secret : secrets_of_blobs[blobs_.numbers.at(result_.places[place].blob)]) {
        result_.secrets[secret].places.push_back(place);
      }
    }
  }

  template <typename Changed>
  void sort_commits(Changed& changed) {
    sort_by_date(graph_, changed.introduced);
    sort_by_date(graph_, changed.removed);
  }

  const AttributionRequest& request_;
  const CommitGraph& graph_;
  const HitBlobs blobs_;
  TreeLinks links_;
  HitTrees trees_;
  PlaceHistory history_;
  std::vector<HitTree> roots_;  // of each commit
  std::vector<CommitNumber> by_date_;
  std::vector<RefSubset> refs_of_places_;                   // as the places of history_
  std::unordered_map<std::uint32_t, RefSubset> blob_refs_;  // refs that name a hit blob itself
  Attribution result_;
};

}  // namespace

Attribution attribute(const AttributionRequest& request, const CommitGraph& graph, TreeSource& source) {
  return Attributor(request, graph, source).run();
}

void limit_to_range(Attribution& attribution, const std::vector<bool>& range) {
  const auto outside = [&](CommitNumber commit) { return !range[commit]; };
  std::vector<std::uint32_t> new_numbers(attribution.places.size(), UINT32_MAX);
  std::vector<BlobPlace> kept;
  for (std::size_t i = 0; i < attribution.places.size(); ++i) {
    BlobPlace& place = attribution.places[i];
    std::erase_if(place.introduced, outside);
    if (place.introduced.empty()) continue;
    new_numbers[i] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(std::move(place));
  }
  attribution.places = std::move(kept);
  for (SecretHistory& secret : attribution.secrets) {
    std::erase_if(secret.introduced, outside);
    std::erase_if(secret.places, [&](std::uint32_t place) { return new_numbers[place] == UINT32_MAX; });
    for (std::uint32_t& place : secret.places) place = new_numbers[place];
    if (secret.places.empty() && secret.introduced.empty()) secret = {};
  }
}

}  // namespace hfscan
