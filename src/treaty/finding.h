#pragma once

#include "base/check.h"
#include "treaty/facts.h"
#include "treaty/party.h"

#include <boost/container/static_vector.hpp>

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
    static constexpr std::size_t count_max = 12;

    FactsRead() { } // NOLINT(modernize-use-equals-default): leaves the places as they are

    void add(FactId fact, bool known)
    {
        for (std::size_t i = 0; i < count_; ++i)
            if (ids_[i] == fact) return;
        MUST(count_ < count_max);
        ids_[count_] = fact;
        if (!known) unknown_ = static_cast<std::uint16_t>(unknown_ | 1U << count_);
        ++count_;
    }
    std::span<FactId const> all() const { return { ids_.data(), count_ }; }
    bool is_unknown(std::size_t place) const { return (unknown_ >> place & 1U) != 0; }

private:
    // Only the first `count_` are ever looked at: a finding is not worth clearing the others.
    std::array<FactId, count_max> ids_; // NOLINT(cppcoreguidelines-pro-type-member-init)
    std::uint16_t unknown_ = 0;
    std::uint8_t count_ = 0;
};

struct Provision;

/// What one provision says about one measure. Its texts live as long as the program.
struct Finding {
    explicit Finding(Provision const& of)
        : provision(&of)
    {
    }

    Provision const* provision;
    /// Template of the reason; empty: the provision's own for `result`.
    std::string_view because {};
    SourceId source = source_convention; ///< Which instrument set the number or the list.
    Outcome result = Outcome::missing;
    FactsRead facts;
};

/// The findings of one decision, in place: deciding allocates nothing.
using Findings = boost::container::static_vector<Finding, 96>;
static_assert(std::is_trivially_destructible_v<Finding>);

} // namespace comity::treaty
