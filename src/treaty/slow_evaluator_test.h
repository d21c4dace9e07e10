#pragma once

#include "treaty/decision.h"

#include <memory>

/// A second evaluator, never meant to be fast: it walks expressions as trees, reads facts by name
/// and asks the law directly, not through what resolve() prepared.
namespace comity::treaty::test {

/// What an expression asks about. Empty: not known.
class Background {
public:
    explicit Background(Situation const& situation);

    std::optional<std::int64_t> value(std::string_view name) const;

private:
    std::optional<std::int64_t> known(FactDescription const& fact) const;
    std::optional<std::int64_t> named(std::string_view name) const;
    std::optional<std::int64_t> agreed(std::string_view name) const;
    AgreementRow const* agreed_row(std::string_view word) const;
    std::optional<std::int64_t> national(std::string_view name) const;
    std::optional<std::int64_t> due(std::string_view name) const;
    std::optional<std::int64_t> authority(std::string_view side, std::string_view what) const;
    std::optional<std::int64_t> both_central() const;
    bool marks(bool sender) const;
    bool reserves(std::string_view code) const;
    bool suspends(std::string_view code) const;
    bool other_in_eu(std::string_view code) const;
    std::optional<std::int64_t> judicial(bool reserved) const;

    PartyCode const& party(bool requesting) const
    {
        return requesting ? situation_.requesting : situation_.requested;
    }
    Date day(bool requesting) const;

    Situation const& situation_;
    bool requesting_sends_;
};

/// no 0, unknown 1, yes 2: "and" is the least, "or" the most, "not" the mirror.
class Tree {
public:
    static std::unique_ptr<Tree> parse(std::string_view text);
    int value(Background const& background) const;

private:
    static std::unique_ptr<Tree> join(
        char what, std::unique_ptr<Tree> left, std::unique_ptr<Tree> right);
    static std::unique_ptr<Tree> parse_any(std::string_view& text);
    static std::unique_ptr<Tree> parse_all(std::string_view& text);
    static std::unique_ptr<Tree> parse_one(std::string_view& text);
    void split();
    int compare(Background const& background) const;

    char what_ = ' ';
    std::string name_, bound_;
    std::optional<std::int64_t> constant_;
    std::unique_ptr<Tree> left_, right_;
};

/// The words of measures and groups of measures, as a list of measures.
std::vector<Measure> measures_of(std::string_view words);

/// Provision and result of every condition that governs the measure.
std::vector<std::pair<std::string_view, std::string_view>> slow_findings(
    Situation const& situation);

} // namespace comity::treaty::test
