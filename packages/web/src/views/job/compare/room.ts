import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'

/** Puts the line between both pictures at a share of what is seen, wherever the page is scrolled to. */
export function useCut(room: RefObject<HTMLElement | null>, share: number, zoom: number): void {
  useLayoutEffect(() => {
    const element = room.current
    if (!element) return
    const put = () => {
      const at = element.scrollLeft + share * element.clientWidth
      element.style.setProperty('--cut', `${at}px`)
    }
    const observer = new ResizeObserver(put)
    observer.observe(element)
    element.addEventListener('scroll', put)
    put()
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', put)
    }
  }, [room, share, zoom])
}

/** Keeps what is in the middle there when the page is shown larger or smaller. */
export function useCentre(room: RefObject<HTMLElement | null>, zoom: number): void {
  const before = useRef(zoom)
  useLayoutEffect(() => {
    const element = room.current
    const factor = zoom / before.current
    before.current = zoom
    if (!element || factor === 1) return
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = element
    element.scrollLeft = (scrollLeft + clientWidth / 2) * factor - clientWidth / 2
    element.scrollTop = (scrollTop + clientHeight / 2) * factor - clientHeight / 2
  }, [room, zoom])
}

/** Lets a mouse move the page under it; fingers and wheels do so by themselves. */
export function useGrab(room: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = room.current
    if (!element) return
    const move = ({ movementX, movementY }: PointerEvent) => {
      element.scrollLeft -= movementX
      element.scrollTop -= movementY
    }
    const down = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse' || event.button !== 0) return
      element.setPointerCapture(event.pointerId)
      element.addEventListener('pointermove', move)
    }
    const up = () => element.removeEventListener('pointermove', move)
    element.addEventListener('pointerdown', down)
    element.addEventListener('pointerup', up)
    element.addEventListener('pointercancel', up)
    return () => {
      element.removeEventListener('pointerdown', down)
      element.removeEventListener('pointerup', up)
      element.removeEventListener('pointercancel', up)
      up()
    }
  }, [room])
}
