#include "search/dna/segment.h"

#include <algorithm>
#include <mutex>

namespace comity::search::dna {
namespace {

bool single_wildcard(Typing const& typing)
{
    return typing.count == 2 && typing.alleles[1] == wildcard && typing.alleles[0] < rare;
}

} // namespace

bool out_of_the_ordinary(Typing const& typing)
{
    return typing.count > 2 || typing.alleles[1] >= rare;
}

std::size_t Dictionary::place(LocusNumber locus, Allele allele) const
{
    auto const& known = alleles[locus];
    auto const at = std::ranges::lower_bound(known, allele);
    return at != known.end() && *at == allele ? static_cast<std::size_t>(at - known.begin())
                                              : known.size();
}

Layout make_layout(LocusMask loci, bool gaps, Dictionary const& dictionary)
{
    Layout out { loci, gaps, {}, 0 };
    for (LocusNumber locus = 0; locus < loci_max; ++locus) {
        if ((loci & bit_of(locus)) == 0) continue;
        out.first[locus] = out.columns;
        out.columns = static_cast<std::uint16_t>(out.columns + dictionary.columns(locus, gaps));
    }
    return out;
}

Segment::Segment(Layout const& layout, Dictionary const& dictionary, std::size_t slots)
    : layout_(layout)
    , dictionary_(&dictionary)
    , slots_(slots)
    , stride_(slots / 64 + kernel::block_words)
    , pages_((stride_ * layout.columns + slots) * 8)
{
    MUST(slots % slots_min == 0 && slots <= slots_max);
}

std::size_t Segment::blocks() const
{
    constexpr auto profiles = kernel::block_words * 64;
    return (used() + profiles - 1) / profiles;
}

std::atomic_ref<ProfileNumber> Segment::number_ref(std::size_t slot) const
{
    return std::atomic_ref { pages_.words()[stride_ * layout_.columns + slot] };
}

void Segment::set(std::size_t column, std::size_t slot)
{
    std::atomic_ref word { pages_.words()[column * stride_ + slot / 64] };
    // One writer: no other bit of the word can change between the two.
    word.store(word.load(std::memory_order_relaxed) | std::uint64_t { 1 } << slot % 64,
        std::memory_order_relaxed);
}

bool Segment::is_set(std::size_t column, std::size_t slot) const
{
    std::atomic_ref word { pages_.words()[column * stride_ + slot / 64] };
    return (word.load(std::memory_order_relaxed) >> slot % 64 & 1U) != 0;
}

void Segment::put(Typing const& typing, std::size_t slot)
{
    auto const locus = typing.locus;
    auto const first = std::size_t { layout_.first[locus] };
    auto const others = dictionary_->alleles[locus].size();
    bool aside = out_of_the_ordinary(typing) && !single_wildcard(typing);
    if (aside && layout_.gaps) set(first + others + 3, slot);
    for (auto const allele : typing.values()) {
        if (aside || allele == wildcard) continue;
        auto const place = dictionary_->place(locus, allele);
        set(first + place, slot);
    }
    if (!aside && typing.alleles[0] == typing.alleles[1]) set(first + others + 1, slot);
    if (single_wildcard(typing)) {
        if (layout_.gaps)
            set(first + others + 2, slot);
        else
            aside = true; // amelogenin, which no layout has gaps for
    }
    for (auto const allele : typing.values())
        aside |= allele < rare && dictionary_->place(locus, allele) == others;
    if (!aside) return;
    std::unique_lock const lock { asides_mutex_ };
    asides_.push_back({ static_cast<std::uint32_t>(slot), typing });
}

void Segment::put_missing(LocusMask present, std::size_t slot)
{
    for (LocusNumber locus = 0; layout_.gaps && locus < loci_max; ++locus) {
        if ((layout_.loci & ~present & bit_of(locus)) == 0) continue;
        set(layout_.first[locus] + dictionary_->alleles[locus].size() + 3, slot);
    }
}

void Segment::append(ProfileNumber number, Genotype const& genotype)
{
    auto const slot = used_.load(std::memory_order_relaxed);
    MUST(slot < slots_ && number != 0 && (number & destroyed) == 0);
    MUST((loci_of(genotype) & ~layout_.loci) == 0);
    for (auto const& typing : genotype) put(typing, slot);
    put_missing(loci_of(genotype), slot);
    number_ref(slot).store(number, std::memory_order_release);
    used_.store(slot + 1, std::memory_order_release);
}

ProfileNumber Segment::number_at(std::size_t slot) const
{
    if (slot >= slots_) return 0;
    auto const number = number_ref(slot).load(std::memory_order_acquire);
    return (number & destroyed) == 0 ? number : 0;
}

std::optional<std::size_t> Segment::find(ProfileNumber number) const
{
    std::size_t low = 0;
    std::size_t high = used();
    while (low < high) {
        auto const middle = (low + high) / 2;
        auto const here = number_ref(middle).load(std::memory_order_acquire) & ~destroyed;
        (here < number ? low : high) = here < number ? middle + 1 : middle;
    }
    if (low == used() || number_at(low) != number) return std::nullopt;
    return low;
}

bool Segment::destroy(ProfileNumber number)
{
    auto const slot = find(number);
    if (!slot) return false;
    number_ref(*slot).fetch_or(destroyed, std::memory_order_acq_rel);
    for (std::size_t column = 0; column < layout_.columns; ++column) {
        std::atomic_ref word { pages_.words()[column * stride_ + *slot / 64] };
        word.store(word.load(std::memory_order_relaxed) & ~(std::uint64_t { 1 } << *slot % 64),
            std::memory_order_relaxed);
    }
    std::unique_lock const lock { asides_mutex_ };
    std::erase_if(asides_, [&](Aside const& each) { return each.slot == *slot; });
    return true;
}

std::optional<Typing> Segment::typing_at(LocusNumber locus, std::size_t slot) const
{
    auto const first = std::size_t { layout_.first[locus] };
    auto const& alleles = dictionary_->alleles[locus];
    if (layout_.gaps && is_set(first + alleles.size() + 3, slot)) return std::nullopt;
    Typing out { locus, 0, {} };
    for (std::size_t i = 0; i < alleles.size() && out.count < 2; ++i)
        if (is_set(first + i, slot)) out.alleles[out.count++] = alleles[i];
    if (out.count == 0) return std::nullopt; // or it stands aside
    if (out.count == 1) {
        bool const any = layout_.gaps && is_set(first + alleles.size() + 2, slot);
        out.alleles[1] = any ? wildcard : out.alleles[0];
    }
    out.count = 2;
    return out;
}

/// Asks memory for a profile's word of every column at once: they lie far apart.
void Segment::fetch(std::size_t slot, LocusMask wanted) const
{
    for (LocusNumber locus = 0; locus < loci_max; ++locus) {
        if ((layout_.loci & wanted & bit_of(locus)) == 0) continue;
        auto const first = std::size_t { layout_.first[locus] };
        for (std::size_t i = 0; i < dictionary_->columns(locus, layout_.gaps); ++i)
            __builtin_prefetch(pages_.words() + (first + i) * stride_ + slot / 64);
    }
}

Genotype Segment::read(std::size_t slot, LocusMask wanted) const
{
    fetch(slot, wanted);
    Genotype out;
    for (LocusNumber locus = 0; locus < loci_max; ++locus) {
        if ((layout_.loci & wanted & bit_of(locus)) == 0) continue;
        if (auto const typing = typing_at(locus, slot)) out.push_back(*typing);
    }
    std::shared_lock const lock { asides_mutex_ };
    auto at = std::ranges::lower_bound(asides_, slot, {}, &Aside::slot);
    for (; at != asides_.end() && at->slot == slot; ++at) {
        if ((wanted & bit_of(at->typing.locus)) == 0) continue;
        auto const place = std::ranges::lower_bound(out, at->typing.locus, {}, &Typing::locus);
        if (place != out.end() && place->locus == at->typing.locus)
            *place = at->typing;
        else
            out.insert(place, at->typing);
    }
    return out;
}

std::vector<Segment::Aside> Segment::asides() const
{
    std::shared_lock const lock { asides_mutex_ };
    return asides_;
}

void Segment::restore(std::size_t used, std::vector<Aside> asides)
{
    asides_ = std::move(asides);
    used_.store(used, std::memory_order_release);
}

} // namespace comity::search::dna
