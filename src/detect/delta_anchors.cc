// Tested by tests/unit/detect/delta_anchors_test.cc; bench/anchor_engines.cc compares it with find_anchors on whole
// repositories.
#include "detect/delta_anchors.h"

#include <algorithm>

#include "detect/anchor_cores.h"

namespace hfscan {
namespace {

using anchor_detail::CoreRange;
using anchor_detail::CoreSink;
using anchor_detail::kCoreLength;
using anchor_detail::kEveryBucket;

// Real texts have one core in a thousand bytes. Beyond this an object is made of literals, and remembering them does not pay.
constexpr std::size_t kBytesPerMark = 32;

// A window of fewer positions is searched faster without vectors.
constexpr std::size_t kShortWindow = 8;

// Notes the cores of an object in ascending order.
class Marker final : public CoreSink {
 public:
  Marker(const DeltaObject& object, AnchorKernel kernel)
      : bytes_(object.bytes),
        base_(object.base_marks.places),
        marks_(object.marks.places),
        most_(object.bytes.size() / kBytesPerMark + 1),
        kernel_(kernel) {}

  void add(std::size_t position, unsigned buckets) override {
    if (!is_full() && anchor_detail::core_at(bytes_, position, buckets)) marks_.push_back(static_cast<std::uint32_t>(position));
  }

  void search(CoreRange window) {
    const AnchorKernel kernel = window.to - window.from < kShortWindow ? AnchorKernel::scalar : kernel_;
    anchor_detail::scan_cores(bytes_, window, *this, kernel);
  }

  // The cores of the base that lie in the run as a whole. Runs mostly follow each other in the base, too.
  void carry(const CopiedRun& run) {
    if (next_ > 0 && base_[next_ - 1] >= run.base_begin) next_ = 0;
    if (next_ < base_.size() && base_[next_] < run.base_begin) {
      const auto from = base_.begin() + static_cast<std::ptrdiff_t>(next_);
      next_ = static_cast<std::size_t>(std::lower_bound(from, base_.end(), run.base_begin) - base_.begin());
    }
    const std::size_t end = run.base_begin + run.size - (kCoreLength - 1);
    for (; next_ < base_.size() && base_[next_] < end && !is_full(); ++next_)
      marks_.push_back(run.begin + (base_[next_] - run.base_begin));
  }

  [[nodiscard]] bool is_full() const { return marks_.size() == most_; }

 private:
  std::string_view bytes_;
  const std::vector<std::uint32_t>& base_;
  std::vector<std::uint32_t>& marks_;
  std::size_t most_;
  AnchorKernel kernel_;
  std::size_t next_ = 0;  // in base_
};

// False when there are too many.
bool mark_cores(const DeltaObject& object, AnchorKernel kernel) {
  Marker marker(object, kernel);
  auto [next, end] = anchor_detail::every_position(object.bytes);
  for (const CopiedRun& run : object.base_marks.complete ? object.runs : std::span<const CopiedRun>()) {
    marker.search({next, run.begin});
    marker.carry(run);
    next = run.begin + run.size - (kCoreLength - 1);
  }
  marker.search({next, end});
  return !marker.is_full();
}

}  // namespace

static_assert(kShortestRun >= kCoreLength);

void find_delta_anchors(const DeltaObject& object, std::vector<Anchor>& anchors, AnchorKernel kernel) {
  if (object.bytes.size() > kMostMarkedBytes || !mark_cores(object, kernel)) {
    object.marks.clear();
    return find_anchors(object.bytes, anchors, kernel);
  }
  object.marks.complete = true;
  for (const std::uint32_t place : object.marks.places) anchor_detail::verify_cores(object.bytes, place, kEveryBucket, anchors);
}

}  // namespace hfscan
