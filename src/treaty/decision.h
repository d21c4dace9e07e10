#pragma once

#include "treaty/provision.h"

#include <boost/container/static_vector.hpp>

/// A decision under the Convention: every provision that governs a measure, what it says, and what
/// follows. A pure function of the law, the two Parties, an instant and the facts.
namespace comity::treaty {

/// A measure to be judged.
struct Situation {
    Measure measure {};
    PartyCode requesting, requested;
    Instant at; ///< The instant of the act; no provision reads a clock.
    Facts facts;
};

enum class Verdict : std::uint8_t {
    permitted,
    refused,
    incomplete, ///< A fact is not known that could turn it either way.
};
BOOST_DESCRIBE_ENUM(Verdict, permitted, refused, incomplete)

/// A Party as it stood when the decision was made.
struct SideThen {
    PartyCode code;
    Date date; ///< Its own civil date.
    std::optional<Date> in_force_since;
};

/// A deadline that a decision carries: of a provision that governs the measure.
struct Deadline {
    Provision const* provision;
    std::optional<Instant> due; ///< None: immediately.
};

struct Decision {
    // Written out: as an aggregate it would be cleared first, all places for findings with it.
    Decision(Law const& of, Measure judged, Pair const& pair)
        : law(of)
        , measure(judged)
        , requesting { pair.requesting.code, pair.requesting.date, pair.requesting.in_force_since }
        , requested { pair.requested.code, pair.requested.date, pair.requested.in_force_since }
    {
    }

    Law law; ///< Whose data the findings cite.
    Measure measure;
    SideThen requesting, requested;
    Verdict verdict = Verdict::refused;
    Findings findings; ///< In the order of the text.
    boost::container::static_vector<Deadline, 12> deadlines;
};

/// What the findings come to: a prohibition that holds refuses; so does a requirement that fails;
/// what is missing makes it incomplete; a requirement that holds permits; nothing at all refuses.
Verdict combine(std::span<Finding const> findings);

/// The same, one finding after the other.
class Combination {
public:
    void add(Effect effect, Outcome result) { add(first_bit(effect), result); }
    /// With first_bit(), computed before.
    void add(std::uint32_t first, Outcome result)
    {
        seen_ |= first << static_cast<unsigned>(result);
    }
    static constexpr std::uint32_t first_bit(Effect effect)
    {
        return 1U << (static_cast<unsigned>(effect) * 4);
    }
    Verdict verdict() const;

private:
    static constexpr std::uint32_t bit(Effect effect, Outcome result)
    {
        return first_bit(effect) << static_cast<unsigned>(result);
    }
    std::uint32_t seen_ = 0;
};

Decision decide(Law const& law, Situation const& situation);
/// The same with the parameters of the pair resolved before, for many decisions on one instant:
/// `pair` must come from resolve() with the law, the Parties and the instant of the situation.
Decision decide(Law const& law, Pair const& pair, Situation const& situation);

/// A finding and a decision in words, described for JSON.
struct FindingText {
    std::string provision;
    Effect effect;
    Outcome result;
    std::string source;
    std::vector<std::string> facts; ///< Names of the facts that were read.
    std::optional<std::vector<std::string>> missing; ///< Those of them that are not known.
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(FindingText, (), (provision, effect, result, source, facts, missing, reason))

struct DutyText {
    std::string provision;
    std::string duty;
};
BOOST_DESCRIBE_STRUCT(DutyText, (), (provision, duty))

struct DeadlineText {
    std::string provision;
    std::string term; ///< "immediately", "5 hours, nights counted".
    std::optional<Instant> dueAt; ///< Absent where the Convention gives no number.
};
BOOST_DESCRIBE_STRUCT(DeadlineText, (), (provision, term, dueAt))

struct DecisionText {
    Verdict verdict;
    std::vector<FindingText> findings;
    std::vector<DutyText> duties;
    std::vector<DeadlineText> deadlines;
    std::string lawVersion;
};
BOOST_DESCRIBE_STRUCT(DecisionText, (), (verdict, findings, duties, deadlines, lawVersion))

DecisionText in_words(Decision const& decision);
FindingText in_words(Decision const& decision, Finding const& finding);

/// The same decision gives the same bytes for ever.
json::Value write(Decision const& decision);
/// The same bytes as write, then print; for many decisions.
std::string json_text(Decision const& decision);
json::Value write(Situation const& situation);
/// A measure that has a name of its own because one fact is given with it: direct contact (Art.
/// 4(4)) is a request for information by the direct route. Judged and stored as that measure.
struct NamedMeasure {
    std::string_view name;
    Measure measure;
    FactDescription const* fact;
    std::string_view value; ///< The word of the fact.
};
std::span<NamedMeasure const> named_measures();
/// Null for a name that is none of them.
NamedMeasure const* find_named_measure(std::string_view name);
/// Names every measure there is.
Error unknown_measure(std::string_view name);

/// {"measure", "requesting", "requested", "at", "facts": {...}}; `measure` is a word or the name of
/// a named measure. Refuses an unknown measure, fact
/// or word, a State that is no Party, a State that asks itself and an instant before the signature;
/// errors name the place by its path.
Result<Situation> read_situation(Law const& law, json::Value const& value);

/// A decision as it is stored: with the situation it came from, but without the words of the case,
/// so that it can be judged again for ever and outlive the personal data.
json::Value record(Situation const& situation, Decision const& decision);

/// What judging a stored decision again came to.
struct Replay {
    bool same = false; ///< Byte for byte.
    std::string stored, now; ///< As text.
    std::string stored_version, version; ///< Of the law, then and now.
};
/// Errors: malformed for what is no stored decision.
Result<Replay> replay(Law const& law, json::Value const& stored);

/// A fact of a measure and the provisions that read it, found by trying every path through them.
struct FactUse {
    FactDescription const* fact;
    std::vector<Provision const*> provisions;
};
std::vector<FactUse> fact_uses(Law const& law, Measure measure);

} // namespace comity::treaty
