#include "identification/family.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace comity::identification {
namespace {

using message::FamilyMember;

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

/// Of these somebody has any number.
bool many(Relation relation)
{
    return relation == Relation::child || relation == Relation::full_sibling
        || relation == Relation::half_sibling_by_mother
        || relation == Relation::half_sibling_by_father;
}

class FamilyTree {
public:
    explicit FamilyTree(FamilyDraft const& draft)
        : draft_(draft)
    {
    }

    Result<message::Pedigree> grow()
    {
        TRY(check());
        add_side(
            "mothers-mother", "mothers-father", Relation::mothers_mother, Relation::mothers_father);
        add_side(
            "fathers-mother", "fathers-father", Relation::fathers_mother, Relation::fathers_father);
        add_parents();
        if (has(Relation::half_sibling_by_mother)) add({ "mothers-other-partner" });
        if (has(Relation::half_sibling_by_father)) add({ "fathers-other-partner" });
        if (has(Relation::child)) add({ "other-parent" }, Relation::other_parent);
        add(parents_known_ ? FamilyMember { "missing", "father", "mother" }
                           : FamilyMember { "missing" });
        add_all(Relation::full_sibling, "full-sibling", "father", "mother");
        add_all(Relation::half_sibling_by_mother, "half-sibling-by-mother", "mothers-other-partner",
            "mother");
        add_all(Relation::half_sibling_by_father, "half-sibling-by-father", "father",
            "fathers-other-partner");
        bool const woman = draft_.missing_is_woman.value_or(false);
        add_all(Relation::child, "child", woman ? "other-parent" : "missing",
            woman ? "missing" : "other-parent");
        if (out_.members.size() > dna::members_max)
            return Error { Error::Kind::too_large,
                fmt::format(
                    "{} members of the family, {} at most", out_.members.size(), dna::members_max),
                "family.relatives" };
        out_.missing_member = "missing";
        return out_;
    }

private:
    bool has(Relation relation) const
    {
        return std::ranges::count(draft_.relatives, relation, &Relative::relation) > 0;
    }

    Result<void> check() const
    {
        if (draft_.relatives.empty())
            return malformed("family.relatives", "no relative of the missing person");
        for (std::size_t i = 0; i < draft_.relatives.size(); ++i) {
            auto const& each = draft_.relatives[i];
            auto const before = std::span { draft_.relatives }.first(i);
            auto const field = fmt::format("family.relatives[{}]", i);
            if (!many(each.relation)
                && std::ranges::count(before, each.relation, &Relative::relation) > 0)
                return malformed(field + ".relation", "the missing person has one of these");
            if (std::ranges::count(before, each.profile_number, &Relative::profile_number) > 0)
                return malformed(field + ".profileNumber", "the same relative stands there twice");
            if (each.relation == Relation::other_parent && !has(Relation::child))
                return malformed(field + ".relation",
                    "the other parent of a child says nothing without the child");
        }
        return {};
    }

    void add(FamilyMember member, std::optional<Relation> relation = {})
    {
        if (relation)
            if (auto const at = std::ranges::find(draft_.relatives, *relation, &Relative::relation);
                at != draft_.relatives.end())
                member.profile_number = at->profile_number;
        out_.members.push_back(std::move(member));
    }

    void add_side(std::string_view mother, std::string_view father, Relation her, Relation his)
    {
        if (!has(her) && !has(his)) return;
        add({ std::string { mother } }, her);
        add({ std::string { father } }, his);
    }

    void add_parents()
    {
        using enum Relation;
        auto const with = [&](std::string_view child, bool grandparents) {
            FamilyMember out { std::string { child } };
            if (grandparents) {
                out.father = fmt::format("{}s-father", child);
                out.mother = fmt::format("{}s-mother", child);
            }
            return out;
        };
        for (auto const relation :
            { mother, father, full_sibling, half_sibling_by_mother, half_sibling_by_father,
                mothers_mother, mothers_father, fathers_mother, fathers_father })
            parents_known_ |= has(relation);
        if (!parents_known_) return;
        add(with("mother", has(mothers_mother) || has(mothers_father)), mother);
        add(with("father", has(fathers_mother) || has(fathers_father)), father);
    }

    void add_all(
        Relation relation, std::string_view name, std::string_view father, std::string_view mother)
    {
        int number = 0;
        for (auto const& each : draft_.relatives) {
            if (each.relation != relation) continue;
            ++number;
            add({ number == 1 ? std::string { name } : fmt::format("{}-{}", name, number),
                std::string { father }, std::string { mother }, each.profile_number });
        }
    }

    FamilyDraft const& draft_;
    message::Pedigree out_ {};
    bool parents_known_ = false;
};

/// Takes the profiles by their numbers, each once.
class Takes {
public:
    explicit Takes(std::span<dna::Profile const> profiles)
    {
        for (auto const& each : profiles) left_.emplace(each.reference, &each);
    }
    Result<dna::Genotype> take(std::string const& number, std::string const& field)
    {
        auto const found = left_.find(number);
        if (found == left_.end())
            return malformed(
                field, fmt::format("no profile {} is left for this member", number.substr(0, 60)));
        auto const& profile = *found->second;
        left_.erase(found);
        if (profile.category != dna::Category::relative)
            return malformed(field, "the profile of a member is a relative's");
        return profile.genotype;
    }
    Result<void> all_taken() const
    {
        if (left_.empty()) return {};
        return malformed("profiles",
            fmt::format("profile {} belongs to no member of the family", left_.begin()->first));
    }

private:
    std::map<std::string, dna::Profile const*, std::less<>> left_;
};

Result<std::optional<std::size_t>> place_of(message::Pedigree const& family,
    std::optional<std::string> const& member, std::size_t before, std::string const& field)
{
    if (!member) return std::optional<std::size_t> {};
    for (std::size_t i = 0; i < before; ++i)
        if (family.members[i].member == *member) return std::optional { i };
    return malformed(field, "a parent stands in the list before the child");
}

} // namespace

Result<message::Pedigree> family_of(FamilyDraft const& draft)
{
    return FamilyTree { draft }.grow();
}

Result<dna::FamilyQuestion> question_of(
    message::Pedigree const& family, std::span<dna::Profile const> profiles)
{
    dna::FamilyQuestion out { {}, family.members.size() };
    Takes takes { profiles };
    for (std::size_t i = 0; i < family.members.size(); ++i) {
        auto const& each = family.members[i];
        auto const field = fmt::format("family.members[{}]", i);
        if (std::ranges::count(
                std::span { family.members }.first(i), each.member, &FamilyMember::member)
            > 0)
            return malformed(field + ".member", "the same member stands there twice");
        dna::Pedigree::Member member { each.member,
            TRY(place_of(family, each.father, i, field + ".father")),
            TRY(place_of(family, each.mother, i, field + ".mother")) };
        if (each.profile_number)
            member.genotype = TRY(takes.take(*each.profile_number, field + ".profileNumber"));
        if (each.member == family.missing_member) out.missing = i;
        out.pedigree.members.push_back(std::move(member));
    }
    TRY(takes.all_taken());
    auto const checked = out.check();
    if (checked.ok()) return out;
    return Error { checked.error().kind, checked.error().what, "family." + checked.error().field };
}

} // namespace comity::identification
