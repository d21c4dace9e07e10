#pragma once

#include "identification/profile.h"
#include "search/dna/family.h"

/// The family of a missing person: as an officer names his relatives, as it travels, and as the
/// search takes it. Members are words ("mother", "child 2"), never names.
namespace comity::identification {

/// What a relative is to the missing person.
enum class Relation : std::uint8_t {
    mother,
    father,
    child,
    other_parent, ///< Of a child.
    full_sibling,
    half_sibling_by_mother,
    half_sibling_by_father,
    mothers_mother,
    mothers_father,
    fathers_mother,
    fathers_father
};
BOOST_DESCRIBE_ENUM(Relation, mother, father, child, other_parent, full_sibling,
    half_sibling_by_mother, half_sibling_by_father, mothers_mother, mothers_father, fathers_mother,
    fathers_father)

struct Relative {
    Relation relation;
    std::string profile_number; ///< Of our index of relatives.
};
BOOST_DESCRIBE_STRUCT(Relative, (), (relation, profile_number))

struct FamilyDraft {
    std::vector<Relative> relatives {};
    /// Mothers hand on fewer mutations than fathers; where nobody knows it he counts as a man.
    std::optional<bool> missing_is_woman {};
};
BOOST_DESCRIBE_STRUCT(FamilyDraft, (), (relatives, missing_is_woman))

/// With everybody through whom they are related. Errors: malformed naming the relative: a second
/// mother, another parent without a child, none at all; too_large over dna::members_max members.
Result<message::Pedigree> family_of(FamilyDraft const& draft);

/// Errors: malformed naming the member: a parent that does not stand before, a profile of nobody or
/// of two, a profile that no member has, one that is no relative's; those of FamilyQuestion.
Result<dna::FamilyQuestion> question_of(
    message::Pedigree const& family, std::span<dna::Profile const> profiles);

} // namespace comity::identification
