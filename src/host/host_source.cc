#include "host/host_source.h"

#include <algorithm>

namespace hfscan {
namespace {

class PlaceContent : public Content {
 public:
  explicit PlaceContent(std::string_view bytes) : bytes_(bytes) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    const std::size_t count = std::min(buffer.size(), bytes_.size() - position_);
    std::copy_n(bytes_.data() + position_, count, buffer.data());
    position_ += count;
    return count;
  }
  [[nodiscard]] std::uint64_t size_hint() const override { return bytes_.size(); }

 private:
  std::string_view bytes_;
  std::size_t position_ = 0;
};

}  // namespace

HostSource::HostSource(const HostInventory& inventory) : inventory_(inventory) {
  for (const HostPlace& place : inventory.places) places_.emplace(place.shown, &place);
}

Status HostSource::for_each(SourceSink& sink) {
  for (const Diagnostic& diagnostic : inventory_.diagnostics) sink.diagnose(diagnostic);
  for (const Skip& skip : inventory_.skipped) sink.skip(skip);
  for (const HostPlace& place : inventory_.places) {
    Item item;
    item.path = place.shown;
    item.store = this;
    sink.push(std::move(item));
  }
  return {};
}

Result<std::unique_ptr<Content>> HostSource::open(const Item& item) const {
  const auto place = places_.find(item.path);
  if (place == places_.end()) return Error{"not a place of the inventory"};
  return std::unique_ptr<Content>(std::make_unique<PlaceContent>(place->second->content));
}

}  // namespace hfscan
