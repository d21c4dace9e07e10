#include "search/dna/index.h"

#include "search/dna/index_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>

namespace comity::search::dna {

Index::Index(Key, std::filesystem::path folder, Dictionary dictionary, LocusTable table)
    : folder_(std::move(folder))
    , dictionary_(std::move(dictionary))
    , table_(std::move(table))
{
    auto const sex = table_.mask(Locus::Group::sex);
    std::vector<LocusMask> masks;
    for (auto const& kit : table_.kits()) masks.push_back(kit.loci | sex);
    LocusMask all = 0;
    for (std::size_t i = 0; i < table_.loci().size(); ++i)
        all |= bit_of(static_cast<LocusNumber>(i));
    masks.push_back(all);
    std::ranges::sort(
        masks, {}, [](LocusMask mask) { return std::pair { std::popcount(mask), mask }; });
    masks.erase(std::ranges::unique(masks).begin(), masks.end());
    for (auto const mask : masks)
        for (bool const gaps : { false, true })
            layouts_.push_back(make_layout(mask, gaps, dictionary_));
    open_.resize(layouts_.size());
    filled_.resize(layouts_.size());
    for (LocusNumber locus = 0; locus < loci_max; ++locus)
        counts_[locus]
            = std::vector<std::atomic<std::uint32_t>>(dictionary_.alleles[locus].size() + 2);
}

std::unique_ptr<Index> Index::in_memory(Dictionary const& dictionary, LocusTable const& table)
{
    return std::make_unique<Index>(Key {}, std::filesystem::path {}, dictionary, table);
}

Index::~Index()
{
    if (log_ >= 0) ::close(log_);
}

std::size_t Index::layout_for(Genotype const& genotype) const
{
    auto const sex = table_.mask(Locus::Group::sex);
    auto const loci = loci_of(genotype) | sex;
    bool const ordinary = std::ranges::none_of(genotype, [&](Typing const& each) {
        return (bit_of(each.locus) & sex) == 0 && out_of_the_ordinary(each);
    });
    for (std::size_t i = 0; i < layouts_.size(); ++i) {
        bool const clean = ordinary && layouts_[i].loci == loci;
        if (!layouts_[i].gaps && clean) return i;
        if (layouts_[i].gaps && (loci & ~layouts_[i].loci) == 0) return i;
    }
    MUST(false); // the last layout has every locus
    return 0;
}

Segment& Index::segment_for(std::size_t layout)
{
    if (open_[layout] == nullptr || open_[layout]->full()) {
        auto const slots = std::clamp(
            std::bit_ceil(filled_[layout] + 1), Segment::slots_min, Segment::slots_max);
        add_segment(layout, std::make_shared<Segment>(layouts_[layout], dictionary_, slots));
    }
    return *open_[layout];
}

void Index::add_segment(std::size_t layout, std::shared_ptr<Segment> segment)
{
    open_[layout] = segment;
    filled_[layout] += segment->slots();
    std::lock_guard const lock { segments_mutex_ };
    auto more = std::make_shared<Segments>(*segments_);
    more->push_back(std::move(segment));
    segments_ = std::move(more);
}

void Index::count(Genotype const& genotype, int step)
{
    for (auto const& typing : genotype) {
        if (out_of_the_ordinary(typing)) continue;
        auto& counts = counts_[typing.locus];
        auto const add = [&](std::size_t place) {
            counts[place].fetch_add(static_cast<std::uint32_t>(step), std::memory_order_relaxed);
        };
        bool const same = typing.alleles[0] == typing.alleles[1];
        add(dictionary_.place(typing.locus, typing.alleles[0]));
        add(same ? counts.size() - 1 : dictionary_.place(typing.locus, typing.alleles[1]));
    }
}

double Index::density(LocusNumber locus, std::size_t place) const
{
    auto const all = std::max<std::uint64_t>(size(), 1);
    return static_cast<double>(counts_[locus][place].load(std::memory_order_relaxed))
        / static_cast<double>(all);
}

void Index::apply_insert(ProfileNumber number, Genotype const& genotype)
{
    segment_for(layout_for(genotype)).append(number, genotype);
    count(genotype, 1);
    size_.fetch_add(1, std::memory_order_relaxed);
    next_ = std::max(next_, number + 1);
}

bool Index::apply_destroy(ProfileNumber number)
{
    auto const segments = snapshot();
    for (auto const& segment : *segments) {
        auto const slot = segment->find(number);
        if (!slot) continue;
        count(segment->read(*slot, ~LocusMask { 0 }), -1);
        segment->destroy(number);
        size_.fetch_sub(1, std::memory_order_relaxed);
        return true;
    }
    return false;
}

Result<void> Index::log(ByteView records, Durable durable)
{
    if (folder_.empty()) return {};
    if (broken_)
        return Error { Error::Kind::unavailable,
            "the log of the index took half a record; open the index again" };
    broken_ = true;
    auto rest = records;
    while (!rest.empty()) {
        auto const written = ::write(log_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0)
            return Error { Error::Kind::unavailable,
                fmt::format("cannot write the log of the index: {}", std::strerror(errno)) };
        rest = rest.subspan(static_cast<std::size_t>(written));
    }
    if (durable == Durable::now && ::fdatasync(log_) != 0)
        return Error { Error::Kind::unavailable,
            fmt::format("cannot sync the log of the index: {}", std::strerror(errno)) };
    broken_ = false;
    return {};
}

Result<void> Index::synchronize()
{
    std::lock_guard const lock { writer_ };
    return log({}, Durable::now);
}

Result<std::vector<ProfileNumber>> Index::insert(
    std::span<Genotype const> profiles, Durable durable)
{
    if (profiles.size() > profiles_at_once_max)
        return Error { Error::Kind::too_large,
            fmt::format(
                "{} profiles at once, the limit is {}", profiles.size(), profiles_at_once_max) };
    std::lock_guard const lock { writer_ };
    Bytes records;
    for (std::size_t i = 0; i < profiles.size(); ++i)
        append_insert(records, next_ + i, profiles[i]);
    TRY(log(records, durable));
    std::vector<ProfileNumber> out;
    out.reserve(profiles.size());
    for (auto const& genotype : profiles) {
        out.push_back(next_);
        apply_insert(next_, genotype);
    }
    return out;
}

Result<void> Index::destroy(ProfileNumber number, Durable durable)
{
    std::lock_guard const lock { writer_ };
    auto const segments = snapshot();
    if (std::ranges::none_of(
            *segments, [&](auto const& each) { return each->find(number).has_value(); }))
        return Error { Error::Kind::not_found, fmt::format("no profile has number {}", number) };
    Bytes record;
    append_destroy(record, number);
    TRY(log(record, durable));
    MUST(apply_destroy(number));
    return {};
}

std::shared_ptr<Index::Segments const> Index::snapshot() const
{
    std::lock_guard const lock { segments_mutex_ };
    return segments_;
}

std::optional<Genotype> Index::read(ProfileNumber number) const
{
    auto const segments = snapshot();
    for (auto const& segment : *segments)
        if (auto const slot = segment->find(number)) {
            auto genotype = segment->read(*slot, ~LocusMask { 0 });
            if (segment->number_at(*slot) == number) return genotype;
        }
    return std::nullopt;
}

std::vector<std::pair<LocusMask, std::uint64_t>> Index::sizes_by_loci() const
{
    std::vector<std::pair<LocusMask, std::uint64_t>> out;
    auto const segments = snapshot();
    for (auto const& segment : *segments) {
        auto const mask = segment->layout().loci;
        auto at = std::ranges::find(out, mask, &std::pair<LocusMask, std::uint64_t>::first);
        if (at == out.end()) at = out.insert(out.end(), { mask, 0 });
        at->second += segment->used();
    }
    return out;
}

std::uint64_t Index::bytes() const
{
    std::uint64_t out = 0;
    auto const segments = snapshot();
    for (auto const& segment : *segments)
        out += segment->pages().bytes() + segment->asides().size() * sizeof(Segment::Aside);
    return out;
}

} // namespace comity::search::dna
