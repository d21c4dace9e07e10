#pragma once

#include "treaty/finding.h"
#include "treaty/pair.h"

namespace comity::treaty {

/// What a provision sees of a case. It writes down in the finding every fact that is read, so that
/// the reasons of a decision cost nothing.
class View {
public:
    View(Measure measure, Pair const& pair, Facts const& facts, std::array<Standing, 2> const& who,
        Finding& finding)
        : measure_(measure)
        , pair_(pair)
        , facts_(facts)
        , who_(who)
        , finding_(finding)
    {
    }

    Truth is(BooleanFact const& fact)
    {
        if (!read(fact)) return unknown;
        return facts_.number(fact.id) != 0;
    }
    template <class Enum> Truth is(WordFact<Enum> const& fact, Enum word)
    {
        if (!read(fact)) return unknown;
        return facts_.number(fact.id) == static_cast<std::int64_t>(word);
    }
    /// Whether the text has any letter.
    Truth given(TextFact const& fact)
    {
        if (!read(fact)) return unknown;
        return facts_.number(fact.id) != 0;
    }
    Truth at_least(IntegerFact const& fact, std::int64_t least)
    {
        if (!read(fact)) return unknown;
        return facts_.number(fact.id) >= least;
    }
    Truth not_before(DateFact const& fact, Date date)
    {
        if (!read(fact)) return unknown;
        return facts_.number(fact.id) >= date.time_since_epoch().count();
    }
    std::optional<std::int64_t> number(IntegerFact const& fact)
    {
        if (!read(fact)) return std::nullopt;
        return facts_.number(fact.id);
    }
    std::optional<Kind> kind()
    {
        if (!read(fact::kind)) return std::nullopt;
        return static_cast<Kind>(facts_.number(fact::kind.id));
    }

    /// What the requesting authority is, or unknown like the fact that names it.
    Truth requesting_authority(Sourced<bool> Standing::* what)
    {
        return standing(fact::requesting_authority, who_[0], what);
    }
    Truth requested_authority(Sourced<bool> Standing::* what)
    {
        return standing(fact::requested_authority, who_[1], what);
    }

    Measure measure() const { return measure_; }
    Pair const& pair() const { return pair_; }
    /// A request goes to the requested Party; an answer and a refusal come back from it.
    bool requesting_sends() const
    {
        return measure_ == Measure::information_request
            || measure_ == Measure::information_request_received;
    }
    Side const& sender() const { return requesting_sends() ? pair_.requesting : pair_.requested; }
    Side const& receiver() const { return requesting_sends() ? pair_.requested : pair_.requesting; }

    /// Names the instrument that set what was just used. The first one named stays, unless a later
    /// one is a TEST: that must be seen.
    void rests_on(SourceId source)
    {
        auto& named = finding_.source;
        if (named == source_convention || is_test_source(source)) named = source;
    }
    /// Gives this reason in place of the provision's own.
    void because(std::string_view reason) { finding_.because = reason; }

private:
    bool read(FactDescription const& fact)
    {
        bool const known = facts_.knows(fact.id);
        finding_.facts.add(fact.id, known);
        return known;
    }
    Truth standing(TextFact const& fact, Standing const& who, Sourced<bool> Standing::* what)
    {
        if (!read(fact)) return unknown;
        if ((who.*what).value) rests_on((who.*what).source);
        return (who.*what).value;
    }

    Measure measure_;
    Pair const& pair_;
    Facts const& facts_;
    std::array<Standing, 2> const& who_;
    Finding& finding_;
};

} // namespace comity::treaty
