#pragma once

#include "base/check.h"
#include "treaty/facts.h"
#include "treaty/party.h"

namespace comity::treaty {

/// What a provision does to the measure when its condition is met.
enum class Effect : std::uint8_t {
    requires_, ///< The measure needs it.
    forbids, ///< The measure may not be taken.
    obliges, ///< Something must be done besides; the measure itself is neither helped nor stopped.
};
BOOST_DESCRIBE_ENUM(Effect, requires_, forbids, obliges)

/// What came out of comparing a provision's condition with the facts. A prohibition that `fails`
/// does not stand in the way.
enum class Outcome : std::uint8_t { holds, fails, missing, not_applicable };
BOOST_DESCRIBE_ENUM(Outcome, holds, fails, missing, not_applicable)

/// The facts that a provision read, in the order it read them.
class FactsRead {
public:
    static constexpr std::size_t count_max = 7;

    void add(FactId fact, bool known)
    {
        for (std::size_t i = 0; i < count_; ++i)
            if (ids_[i] == fact) return;
        MUST(count_ < count_max);
        ids_[count_] = fact;
        unknown_ = static_cast<std::uint8_t>(unknown_ | unsigned { !known } << count_);
        ++count_;
    }
    std::span<FactId const> all() const { return { ids_.data(), count_ }; }
    bool is_unknown(std::size_t place) const { return (unknown_ >> place & 1U) != 0; }

private:
    std::array<FactId, count_max> ids_ {};
    std::uint8_t count_ = 0;
    std::uint8_t unknown_ = 0;
};

struct Provision;

/// What one provision says about one measure. Its texts live as long as the program.
struct Finding {
    Provision const* provision = nullptr;
    std::string_view
        because {}; ///< Template of the reason; empty: the provision's own for `result`.
    SourceId source = source_convention; ///< Which instrument set the number or the list.
    Outcome result = Outcome::missing;
    FactsRead facts {};
};

} // namespace comity::treaty
