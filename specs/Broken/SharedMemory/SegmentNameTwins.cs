using ConcurrencySpecs.Contracts.SharedMemory;
using ConcurrencySpecs.SharedMemory;

namespace ConcurrencySpecs.Broken.SharedMemory;

[Broken("unlinks the segment when an attacher leaves it, which does not own it: nobody else can come any more", "Sequential")]
public sealed class AttacherUnlinks : SegmentNameContract
{
    protected override SegmentName NewSubject() => new Twin();

    private sealed class Twin : SegmentName
    {
        protected override void Detach(SharedMemorySegment attached)
        {
            base.Detach(attached);
            File.Delete(SegmentNames.PathOf(Name));
        }
    }
}
